"""Measures Celery with Redis, prefork, two processes.

Arguments of the worker: worker URL. Of the client: client URL, warm-up in seconds, rounds.
"""

import os
import sys

import celery
import load

app = celery.Celery("peers", broker=sys.argv[2], backend=sys.argv[2])
app.conf.update(
    task_serializer="pickle", result_serializer="pickle", accept_content=["pickle", "json"]
)
TASKS = {
    function: app.task(function, name=function.__name__)
    for function in (load.noop, load.squares, load.spin, load.echo)
}


class CeleryPeer:
    def submit(self, function, *arguments):
        return TASKS[function].delay(*arguments)

    def get(self, handle):
        return handle.get()

    def map(self, items):
        handles = [self.submit(load.squares, chunk) for chunk in load.chunked(items)]
        return [square for handle in handles for square in handle.get()]


if __name__ == "__main__":
    if sys.argv[1] == "worker":
        # Root is refused with pickle, which carries bytes; only loopback reaches this broker.
        os.environ["C_FORCE_ROOT"] = "1"
        app.worker_main(["worker", "-P", "prefork", "-c", str(load.SLOTS), "-l", "WARNING"])
    else:
        TASKS[load.noop].delay().get(timeout=60)
        load.Load(CeleryPeer(), *sys.argv[3:5]).run()
