package dev.farpool.fake;

import com.google.protobuf.ByteString;
import dev.farpool.ResultEncodingException;
import dev.farpool.call.ArgumentDecodingException;
import dev.farpool.call.JavaCalls;
import dev.farpool.common.BlobFiles;
import dev.farpool.v1.BlobRef;
import dev.farpool.v1.CreatePoolRequest;
import dev.farpool.v1.ExitStatus;
import dev.farpool.v1.Failure;
import dev.farpool.v1.FunctionDefinition;
import dev.farpool.v1.IndexRange;
import dev.farpool.v1.PoolEnded;
import dev.farpool.v1.PoolMode;
import dev.farpool.v1.PoolSpec;
import dev.farpool.v1.ResultBlock;
import dev.farpool.v1.ResultsResponse;
import dev.farpool.v1.ResumedPool;
import dev.farpool.v1.TaskBatch;
import dev.farpool.v1.TaskOutput;
import dev.farpool.v1.TaskResult;
import dev.farpool.v1.TaskStarted;
import io.grpc.stub.ServerCallStreamObserver;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** A pool of the fake: its tasks run on threads of this JVM. */
final class FakePool {
  private static final int MAX_BLOCK = 1000;

  final String session;
  private final PoolSpec spec;
  private final ResumedPool resumed;
  private final FakeBlobs blobs;
  private final Map<Integer, Function<byte[], byte[]>> functions = new HashMap<>();
  private final Deque<Task> queue = new ArrayDeque<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Set<Long> cancelled = new HashSet<>();
  private final Deque<ResultsResponse> log = new ArrayDeque<>();
  private ResultBlock.Builder block = ResultBlock.newBuilder();
  private ByteString.Output values = ByteString.newOutput();
  private ServerCallStreamObserver<ResultsResponse> reader;
  private long sent;
  private long nextIndex;
  private long cursor;
  private int running;
  private long started;
  private boolean closed;
  private boolean ended;

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Task(long index, int function, byte[] arguments) {}

  FakePool(CreatePoolRequest request, FakeBlobs blobs) {
    this.session = request.getSessionId();
    this.spec = request.getSpec();
    this.resumed = request.getResumed();
    this.blobs = blobs;
    passFinished();
    for (int i = 0; i < Math.min(spec.getProcesses(), 8); i++) {
      Thread thread = new Thread(this::work, "fake-executor");
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  synchronized long nextIndex() {
    return nextIndex;
  }

  synchronized boolean open() {
    return !closed && !ended;
  }

  synchronized int running() {
    return running;
  }

  synchronized void define(FunctionDefinition definition) {
    byte[] bytes =
        definition.hasBlob()
            ? blobs.get(definition.getBlob())
            : definition.getInline().toByteArray();
    functions.computeIfAbsent(definition.getNumber(), number -> JavaCalls.function(bytes));
  }

  /** Those that had ended elsewhere are not waited for. */
  private void passFinished() {
    for (IndexRange range : resumed.getFinishedList()) {
      if (range.getFirst() <= nextIndex) {
        nextIndex = Math.max(nextIndex, range.getFirst() + range.getCount());
      }
    }
  }

  synchronized long started() {
    return started;
  }

  /** Takes a batch, unless there is a gap before it. */
  synchronized boolean submit(TaskBatch batch) {
    if (batch.getFirstIndex() > nextIndex) {
      return false;
    }
    int at = 0;
    byte[] all = batch.getJava().getArguments().toByteArray();
    int count = batch.getJava().hasArgumentBlob() ? 1 : batch.getJava().getSizesCount();
    for (int i = 0; i < count; i++) {
      byte[] arguments;
      if (batch.getJava().hasArgumentBlob()) {
        arguments = blobs.get(batch.getJava().getArgumentBlob());
      } else {
        int size = batch.getJava().getSizes(i);
        arguments = Arrays.copyOfRange(all, at, at + size);
        at += size;
      }
      long index = batch.getFirstIndex() + i;
      if (index >= nextIndex) {
        queue.add(new Task(index, batch.getJava().getFunction(), arguments));
        nextIndex = index + 1;
      }
    }
    passFinished();
    notifyAll();
    return true;
  }

  private void work() {
    while (true) {
      Task task;
      Function<byte[], byte[]> function;
      synchronized (this) {
        while ((queue.isEmpty() || nextIndex < resumed.getNextIndex()) && !ended) {
          flush();
          end();
          if (ended) {
            return;
          }
          try {
            wait();
          } catch (InterruptedException stop) {
            return;
          }
        }
        if (ended) {
          return;
        }
        task = queue.remove();
        running++;
        started++;
        function = functions.get(task.function);
      }
      run(task, function);
    }
  }

  private void run(Task task, Function<byte[], byte[]> function) {
    FakeCoordinator.EXECUTED.incrementAndGet();
    if (spec.getReportStarts()) {
      long pid = ProcessHandle.current().pid();
      TaskStarted start =
          TaskStarted.newBuilder()
              .setIndex(task.index)
              .setAttempt(1)
              .setHost("here")
              .setPid(pid)
              .build();
      emit(ResultsResponse.newBuilder().addStarted(start));
    }
    FakeCoordinator.PRINTER.set(text -> print(task.index, text));
    TaskResult.Builder result = TaskResult.newBuilder().setIndex(task.index);
    byte[] encoded = null;
    try {
      encoded = function.apply(task.arguments);
    } catch (Throwable thrown) {
      result.setFailure(failure(thrown));
    }
    synchronized (this) {
      running--;
      if (ended || cancelled.contains(task.index)) {
        return;
      }
      report(result, encoded);
      notifyAll();
    }
  }

  private void report(TaskResult.Builder result, byte[] encoded) {
    if (spec.getMode() == PoolMode.POOL_MODE_PROCESSES) {
      int code = encoded == null ? 1 : 0;
      emit(
          ResultsResponse.newBuilder()
              .addResults(result.setExit(ExitStatus.newBuilder().setCode(code))));
    } else if (encoded == null) {
      flush();
      emit(ResultsResponse.newBuilder().addResults(result));
    } else if (encoded.length > FakeCoordinator.MAX_INLINE) {
      BlobRef blob = BlobFiles.refOf(encoded);
      blobs.put(blob, encoded);
      emit(ResultsResponse.newBuilder().addResults(result.setBlob(blob)));
    } else {
      block.addIndexes(result.getIndex()).addSizes(encoded.length);
      values.write(encoded, 0, encoded.length);
      if (block.getIndexesCount() >= MAX_BLOCK) {
        flush();
      }
    }
  }

  private synchronized void print(long index, String text) {
    flush();
    emit(
        ResultsResponse.newBuilder()
            .addOutput(
                TaskOutput.newBuilder()
                    .setIndex(index)
                    .setData(ByteString.copyFrom(text, StandardCharsets.UTF_8))));
  }

  private static Failure failure(Throwable thrown) {
    StringWriter stack = new StringWriter();
    thrown.printStackTrace(new PrintWriter(stack));
    byte[] exception = JavaCalls.exception(thrown);
    Failure.Kind kind = Failure.Kind.KIND_EXCEPTION;
    if (thrown instanceof ResultEncodingException) {
      kind = Failure.Kind.KIND_RESULT_NOT_SERIALIZABLE;
    } else if (thrown instanceof ArgumentDecodingException) {
      kind = Failure.Kind.KIND_BAD_ARGUMENTS;
    }
    return Failure.newBuilder()
        .setKind(kind)
        .setClassName(thrown.getClass().getName())
        .setMessage(String.valueOf(thrown.getMessage()))
        .setStackTrace(stack.toString())
        .setException(exception == null ? ByteString.EMPTY : ByteString.copyFrom(exception))
        .setHost("here")
        .setPid(1)
        .setAttempts(1)
        .build();
  }

  private void flush() {
    if (block.getIndexesCount() > 0) {
      ResultBlock full = block.setValues(values.toByteString()).build();
      block = ResultBlock.newBuilder();
      values = ByteString.newOutput();
      emit(ResultsResponse.newBuilder().addBlocks(full));
    }
  }

  private synchronized void emit(ResultsResponse.Builder response) {
    log.add(response.setCursor(++cursor).build());
    send();
  }

  private void send() {
    if (reader == null) {
      return;
    }
    for (ResultsResponse response : List.copyOf(log)) {
      if (response.getCursor() > sent) {
        if (!reader.isReady()) {
          return;
        }
        sent = response.getCursor();
        reader.onNext(response);
        if (response.hasEnded()) {
          reader.onCompleted();
          reader = null;
          return;
        }
      }
    }
  }

  synchronized void read(long from, ServerCallStreamObserver<ResultsResponse> reader) {
    this.reader = reader;
    this.sent = from;
    reader.setOnReadyHandler(this::ready);
    reader.setOnCancelHandler(() -> {});
    send();
  }

  private synchronized void ready() {
    send();
  }

  synchronized void breakReader(Throwable reason) {
    if (reader != null) {
      ServerCallStreamObserver<ResultsResponse> last = reader;
      reader = null;
      last.onError(reason);
    }
  }

  synchronized void acknowledge(long upTo) {
    long most = upTo == Long.MAX_VALUE ? upTo : Math.min(upTo, sent);
    while (!log.isEmpty() && log.peek().getCursor() <= most) {
      log.remove();
    }
  }

  synchronized int unacknowledged() {
    return log.size();
  }

  synchronized void close() {
    closed = true;
    notifyAll();
    end();
  }

  private void end() {
    if (closed && !ended && queue.isEmpty() && running == 0) {
      flush();
      ended = true;
      emit(ended(PoolEnded.How.HOW_CLOSED));
      notifyAll();
    }
  }

  private static ResultsResponse.Builder ended(PoolEnded.How how) {
    return ResultsResponse.newBuilder().setEnded(PoolEnded.newBuilder().setHow(how));
  }

  synchronized void terminate() {
    if (!ended) {
      flush();
      ended = true;
      emit(ended(PoolEnded.How.HOW_TERMINATED));
      threads.forEach(Thread::interrupt);
      notifyAll();
    }
  }

  synchronized boolean cancel(long index, boolean alsoRunning) {
    boolean queued = queue.removeIf(task -> task.index == index);
    return queued || (alsoRunning && cancelled.add(index));
  }

  synchronized void tellCancelled(long index) {
    emit(
        ResultsResponse.newBuilder()
            .addResults(
                TaskResult.newBuilder()
                    .setIndex(index)
                    .setFailure(Failure.newBuilder().setKind(Failure.Kind.KIND_CANCELLED))));
  }

  /** The coordinator is gone: nothing is reported any more. */
  synchronized void vanish() {
    ended = true;
    reader = null;
    queue.clear();
    threads.forEach(Thread::interrupt);
    notifyAll();
  }
}
