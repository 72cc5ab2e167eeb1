"""Measures Dask distributed, two worker processes. Arguments: warm-up in seconds, rounds."""

import os
import sys
import warnings

import load
from distributed import Client, LocalCluster


class DaskPeer:
    def __init__(self, client):
        self.client = client

    def submit(self, function, *arguments):
        return self.client.submit(function, *arguments, pure=False)

    def get(self, handle):
        return handle.result()

    def map(self, items):
        futures = self.client.map(load.squares, load.chunked(items), pure=False)
        return [square for chunk in self.client.gather(futures) for square in chunk]


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    with LocalCluster(
        n_workers=load.SLOTS,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address=None,
        local_directory=os.getcwd(),
    ) as cluster, Client(cluster) as client:
        load.Load(DaskPeer(client), *sys.argv[1:3]).run()
