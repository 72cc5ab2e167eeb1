"""The load that every peer in Python gets, and how its rounds are measured."""

import array
import json
import os
import statistics
import sys
import time

SLOTS = 2
ROUND = 1.0
PATIENCE = 20.0
MAP_ITEMS = 10_000_000
CHUNKS = 4 * SLOTS


def noop():
    return True


def square(x):
    return x * x


def squares(items):
    """A chunk of a map, as an array: lists are searched for futures item by item by some."""
    return array.array("q", [x * x for x in items])


def spin(seconds):
    """Keeps a core busy: sleeping would not show what the machinery costs."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass


def echo(data):
    return data


def chunked(items):
    size = len(items) // CHUNKS
    return [array.array("q", items[i * size : (i + 1) * size]) for i in range(CHUNKS)]


def emit(workload, figure, unit, value):
    print(json.dumps(dict(workload=workload, figure=figure, unit=unit, value=value)), flush=True)


class Load:
    """All workloads on something with submit(function, *arguments), get(handle) and map(items)."""

    def __init__(self, peer, warm_up, repeat):
        self.peer = peer
        self.warm_up = float(warm_up)
        self.repeat = int(repeat)

    def run(self):
        rate = self.rate(100, 1_000_000, lambda n: self.calls(n, noop))
        emit("noop", "rate", "tasks/s", rate)
        self.latency()
        self.map()
        for millis in (1, 10):
            count = 2000 // millis
            rate = self.rate(count, count, lambda n: self.calls(n, spin, millis / 1000))
            emit(f"spin{millis}", "efficiency", "", rate * millis / 1000 / SLOTS)
        data = os.urandom(1 << 20)
        emit("echo", "rate", "MiB/s", self.rate(10, 200, lambda n: self.echoes(n, data)))

    def rate(self, first, most, run_round):
        """Tasks in a second: the median of some rounds after longer and longer ones."""
        count = self.settle(first, most, run_round)
        begin = time.perf_counter()
        rates = []
        while len(rates) < self.repeat and (
            not rates or time.perf_counter() - begin < PATIENCE
        ):
            rates.append(count / timed(run_round, count))
        return statistics.median(rates)

    def settle(self, first, most, run_round):
        begin = time.perf_counter()
        count = first
        while True:
            long_enough = timed(run_round, count) >= ROUND or count >= most
            if long_enough and time.perf_counter() - begin >= self.warm_up:
                return count
            if not long_enough:
                count = min(most, 2 * count)

    def calls(self, count, function, *arguments):
        handles = [self.peer.submit(function, *arguments) for _ in range(count)]
        for handle in handles:
            self.peer.get(handle)

    def latency(self):
        times = []

        def one_by_one(count):
            times.clear()
            for _ in range(count):
                begin = time.perf_counter()
                self.peer.get(self.peer.submit(noop))
                times.append(time.perf_counter() - begin)

        self.rate(100, 20_000, one_by_one)
        times.sort()
        for percent in (50, 99):
            rank = -(-len(times) * percent // 100)
            emit("latency", f"p{percent}", "us", times[rank - 1] * 1e6)

    def map(self):
        items = list(range(MAP_ITEMS))

        def whole(count):
            results = self.peer.map(items)
            if len(results) != count or results[-1] != (count - 1) ** 2:
                sys.exit("map gave a wrong result")

        emit("map", "rate", "items/s", self.rate(MAP_ITEMS, MAP_ITEMS, whole))

    def echoes(self, count, data):
        handles = [self.peer.submit(echo, data) for _ in range(count)]
        for handle in handles:
            if self.peer.get(handle) != data:
                sys.exit("echo gave other bytes than it got")


def timed(run_round, count):
    begin = time.perf_counter()
    run_round(count)
    return time.perf_counter() - begin
