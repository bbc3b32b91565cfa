"""打印与上报: printing, writing the submission to a removable drive, and the receipt."""
