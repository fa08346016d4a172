"""Measurements, side by side in one run. `python3 run.py bench` prints them; nothing here is a test."""
