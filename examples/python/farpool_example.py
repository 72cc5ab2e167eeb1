"""Runs a command and a Java method on a Farpool cluster, with nothing but the generated stubs.

Usage: farpool_example.py HOST:PORT FARPOOL_EXAMPLES_JAR
"""
import hashlib
import os
import sys

import grpc
from farpool.v1 import blob_service_pb2 as blobs
from farpool.v1 import blob_service_pb2_grpc as blobs_grpc
from farpool.v1 import common_pb2 as common
from farpool.v1 import pool_service_pb2 as pools
from farpool.v1 import pool_service_pb2_grpc as pools_grpc
from farpool.v1 import task_pb2 as task


def upload(channel, path):
    """Uploads a file unless the cluster has it, and returns its name there."""
    data = open(path, "rb").read()
    ref = common.BlobRef(sha256=hashlib.sha256(data).digest(), size=len(data))
    store = blobs_grpc.BlobServiceStub(channel)
    if store.FindMissing(blobs.FindMissingRequest(blobs=[ref])).missing:
        store.Upload(blobs.UploadRequest(blob=ref if i == 0 else None, data=data[i:i + (1 << 20)])
                     for i in range(0, len(data), 1 << 20))
    return task.CodePart(blob=ref, name=os.path.basename(path))


def main(address, jar):
    channel = grpc.insecure_channel(address)
    service = pools_grpc.PoolServiceStub(channel)
    session = service.OpenSession(pools.OpenSessionRequest(
        protocol=common.ProtocolRange(oldest=1, newest=1), client_name="example.py")).session_id
    code = task.CodeBundle(parts=[upload(channel, jar)])
    pool = service.CreatePool(pools.CreatePoolRequest(
        session_id=session, spec=task.PoolSpec(processes=2, code=code))).pool_id

    command = task.Command(argv=["sh", "-c", "echo hello from $0; exit 3", "a shell"])
    call = task.StaticMethodCall(class_name="dev.farpool.examples.Text", method="wordCount",
                                 arguments=[common.Value(string_value="to be or not to be")])
    batches = [task.TaskBatch(first_index=0, commands=task.Commands(commands=[command])),
               task.TaskBatch(first_index=1, static_methods=task.StaticMethodCalls(calls=[call]))]
    request = pools.SubmitRequest(pool_id=pool, batches=batches)
    for answer in service.Submit(iter([request])):
        assert not answer.HasField("rejected"), answer.rejected.message
    service.ClosePool(pools.ClosePoolRequest(pool_id=pool))

    for response in service.Results(pools.ResultsRequest(pool_id=pool)):
        for output in response.output:
            print(f"task {output.index} printed: {output.data.decode().rstrip()}")
        for result in response.results:
            outcome = getattr(result, result.WhichOneof("outcome"))
            print(f"task {result.index} gave {str(outcome).strip()}")
    assert service.JoinPool(pools.JoinPoolRequest(pool_id=pool)).HasField("ended")
    service.CloseSession(pools.CloseSessionRequest(session_id=session))


main(*sys.argv[1:])
