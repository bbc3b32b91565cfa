"""收件: a thousand submissions loaded at the county, then the same thousand again, beside writing as many synced files."""

import tempfile
from pathlib import Path

from exports.incoming.load import load
from exports.outgoing.submission import file_name, submission
from tests.benchmarks.bench_window import synced
from tests.benchmarks.clock import seconds
from tests.mixed_files import many_units
from tests.travel import Desk

COUNT, UNITS = 1000, 50


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        county = Desk.county(folder / "county")
        bag = folder / "bag"
        bag.mkdir()
        pc = many_units(county.work, folder / "pc", UNITS)
        made = 0
        while made < COUNT:  # revision after revision of every unit
            for unit in pc.work.units:
                report = pc.work.report(pc.work.form("tasks"), pc.work.context(unit.code, pc.work.period))
                pc.work.apply(report.set(report.rows[0]["id"], {"note": f"第{made}份"}), "填写")
                parcel = submission(pc.work, unit, pc.work.period, papers=False)
                (bag / file_name(parcel)).write_bytes(parcel.data)
                made += 1
        first = seconds(lambda: load(county.folder, county.work, [bag]))
        again = seconds(lambda: load(county.folder, county.work, [bag]))

        def writes() -> None:
            for _ in range(COUNT):
                synced(folder / "plain")

        plain = seconds(writes)
        print(
            f"装入{COUNT}份上报包（{UNITS}个单位，各{COUNT // UNITS}版）：{first:.1f} 秒，每份{first * 1000 / COUNT:.0f} 毫秒"
        )
        print(f"再装一遍（全部无变化）：{again:.1f} 秒；对照：{COUNT}次落盘的写入 {plain:.1f} 秒")
        for desk in (county, pc):
            desk.close()


if __name__ == "__main__":
    main()
