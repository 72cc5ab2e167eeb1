"""Peers of other versions, and such as lie, against the coordinator at the address given.

Prints one line for each of them; PythonIT knows what they must be.
"""

import queue
import sys

import grpc
from farpool.v1 import common_pb2, pool_service_pb2, pool_service_pb2_grpc
from farpool.v1 import task_pb2, worker_service_pb2, worker_service_pb2_grpc

UNKNOWN_FIELD = b"\xfa\x7f\x05later"  # number 2047, as a newer peer might send it
SECONDS = 10


def told(what, call):
    """Prints how a call ended."""
    try:
        print(f"{what}: {call()}")
    except grpc.RpcError as refused:
        print(f"{what}: {refused.code().name} {refused.details()}")


class Worker:
    """A worker made of nothing but the stub."""

    def __init__(self, channel, **register):
        self.requests = queue.Queue()
        register = {"name": "stranger", "instance_id": "s", "cores": 1, **register}
        register.setdefault("protocol", common_pb2.ProtocolRange(oldest=1, newest=1))
        self.say(register=worker_service_pb2.Register(**register), sequence=1)
        stub = worker_service_pb2_grpc.WorkerServiceStub(channel)
        self.answers = stub.Attach(iter(self.requests.get, None), timeout=SECONDS)

    def say(self, **message):
        self.requests.put(worker_service_pb2.AttachRequest(**message))

    def registered(self):
        version = next(self.answers).registered.protocol
        self.requests.put(None)
        return f"registered with version {version}"

    def lie(self):
        next(self.answers)
        ghost = task_pb2.TaskResult(index=7, encoded=b"mine")
        self.say(
            sequence=2,
            finished=[worker_service_pb2.AttemptsFinished(pool=pool, results=[ghost]) for pool in (1, 999)],
            returned=[worker_service_pb2.AttemptsReturned(pool=1, indexes=[0, 2**63])],
        )
        acknowledged = 0
        while acknowledged < 2:
            acknowledged = next(self.answers).acknowledged
        self.requests.put(None)
        return f"heard up to {acknowledged}"


def main():
    channel = grpc.insecure_channel(sys.argv[1])
    pools = pool_service_pb2_grpc.PoolServiceStub(channel)
    ours = common_pb2.ProtocolRange(oldest=1, newest=1)

    for cores in (0, 10**9, 2**32 - 1):
        told(f"{cores} cores", lambda: Worker(channel, cores=cores).registered())
    newer = common_pb2.ProtocolRange(oldest=7, newest=9)
    told("a worker from the future", lambda: Worker(channel, protocol=newer).registered())
    told("a worker that can do both", lambda: Worker(
        channel, protocol=common_pb2.ProtocolRange(oldest=1, newest=9)).registered())
    told("a worker that lies", lambda: Worker(channel, name="liar").lie())

    open_session = pool_service_pb2.OpenSessionRequest(protocol=ours)
    open_session.MergeFromString(UNKNOWN_FIELD)
    session = pools.OpenSession(open_session, timeout=SECONDS).session_id
    print(f"unknown fields: {'ignored' if session else 'no session'}")
    told("an unknown mode of a pool", lambda: pools.CreatePool(
        pool_service_pb2.CreatePoolRequest(
            session_id=session, spec=task_pb2.PoolSpec(processes=1, mode=77)), timeout=SECONDS))
    pool = pools.CreatePool(
        pool_service_pb2.CreatePoolRequest(
            session_id=session, spec=task_pb2.PoolSpec(processes=1)), timeout=SECONDS).pool_id
    told("an unknown mode of cancelling", lambda: pools.CancelTasks(
        pool_service_pb2.CancelTasksRequest(pool_id=pool, mode=99), timeout=SECONDS))
    told("a call of a later version", lambda: channel.unary_unary(
        "/farpool.v1.PoolService/SuspendPool")(b"", timeout=SECONDS))
    told("bytes that are no message", lambda: channel.unary_unary(
        "/farpool.v1.PoolService/ClosePool")(b"\xff", timeout=SECONDS))
    pools.CloseSession(pool_service_pb2.CloseSessionRequest(session_id=session), timeout=SECONDS)


main()
