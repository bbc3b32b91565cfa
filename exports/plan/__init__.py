"""The plan workbook (方案工作簿), both ways."""
