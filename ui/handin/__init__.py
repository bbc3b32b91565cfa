"""打印与上报: paper, stick, receipt."""
