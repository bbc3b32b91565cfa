"""Stands for the picture library in the built program, which draws no pictures: reportlab and openpyxl ask for it."""
