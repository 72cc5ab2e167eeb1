"""Measures multiprocessing.Pool(2). Arguments: warm-up in seconds, rounds."""

import multiprocessing
import sys

import load


class PoolPeer:
    def __init__(self, pool):
        self.pool = pool

    def submit(self, function, *arguments):
        return self.pool.apply_async(function, arguments)

    def get(self, handle):
        return handle.get()

    def map(self, items):
        return self.pool.map(load.square, items)


if __name__ == "__main__":
    with multiprocessing.Pool(load.SLOTS) as pool:
        load.Load(PoolPeer(pool), *sys.argv[1:3]).run()
