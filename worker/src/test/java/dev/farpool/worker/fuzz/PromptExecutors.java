package dev.farpool.worker.fuzz;

import com.google.protobuf.ByteString;
import dev.farpool.executor.frame.OutcomeKind;
import dev.farpool.executor.frame.TaskKind;
import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.BlobRef;
import dev.farpool.v1.ExitStatus;
import dev.farpool.worker.core.Command;
import dev.farpool.worker.core.Effects;
import dev.farpool.worker.core.ExecutorExit;
import dev.farpool.worker.core.TaskRun;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What surrounds an agent, without a process: executors that start, answer and end at once, code
 * and blobs that are there at once. What comes of it waits until it is fetched with {@link #next}.
 */
final class PromptExecutors {
  private final Queue<Command> events = new ArrayDeque<>();
  private final Set<Long> living = new HashSet<>();
  private final Predicate<AttachRequest> stream;

  /**
   * @param stream takes what the agent sends; says whether it takes more
   */
  PromptExecutors(Predicate<AttachRequest> stream) {
    this.stream = stream;
  }

  /** What has happened next; null if nothing. */
  Command next() {
    return events.poll();
  }

  Effects effects() {
    return (Effects)
        Proxy.newProxyInstance(
            Effects.class.getClassLoader(),
            new Class<?>[] {Effects.class},
            (proxy, method, arguments) -> effect(method.getName(), arguments));
  }

  private Object effect(String name, Object[] arguments) {
    switch (name) {
      case "send" -> {
        return stream.test((AttachRequest) arguments[0]);
      }
      case "fetchCode" -> events.add((agent, now) -> agent.codeReady((String) arguments[0]));
      case "fetchBlob" ->
          events.add((agent, now) -> agent.blobReady((BlobRef) arguments[0], ByteString.EMPTY));
      case "upload" ->
          events.add((agent, now) -> agent.uploadFailed((Long) arguments[0], "no room"));
      case "startExecutor" -> {
        long id = (Long) arguments[0];
        living.add(id);
        events.add((agent, now) -> agent.executorConnected(id, id));
        events.add((agent, now) -> agent.executorReady(id, now));
      }
      case "run" -> run((Long) arguments[0], (TaskRun) arguments[1]);
      case "exit", "terminate", "kill" -> end((Long) arguments[0]);
      default -> {} // It has no consequence that the agent would hear of.
    }
    return null;
  }

  private void run(long executor, TaskRun tasks) {
    for (int i = 0; i < tasks.count(); i++) {
      long index = tasks.firstIndex() + i;
      if (tasks.kind() == TaskKind.CALL) {
        int[] sizes = {1};
        ByteString value = ByteString.copyFrom(new byte[1]);
        events.add((agent, now) -> agent.results(executor, 1000, index, sizes, value, now));
      } else {
        ByteString exit = ExitStatus.newBuilder().setCode(0).build().toByteString();
        byte kind = OutcomeKind.EXIT;
        events.add((agent, now) -> agent.outcome(executor, 1000, index, kind, exit, now));
      }
    }
  }

  private void end(long executor) {
    if (living.remove(executor)) {
      ExecutorExit exit = new ExecutorExit(executor, 0, true, 0, 0, 0, false, "");
      events.add((agent, now) -> agent.executorGone(executor, exit, now));
    }
  }
}
