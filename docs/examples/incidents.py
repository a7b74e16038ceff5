"""Reads incident events, one JSON object a line, and prints those that are over, longest first."""
import json
import sys

latest = {}
for line in sys.stdin:
    event = json.loads(line)
    known = latest.get(event["incidentId"])
    if known is None or event["revision"] > known["revision"]:  # a redelivery changes nothing
        latest[event["incidentId"]] = event


def seconds(event):
    return (event["current"]["capturedMicros"] - event["first"]["capturedMicros"]) / 1e6


over = [event for event in latest.values() if event["kind"] == "closed"]
for event in sorted(over, key=seconds, reverse=True):
    print(f'{event["camera"]:<16} {seconds(event):7.1f} s  {event["explanation"]}')
