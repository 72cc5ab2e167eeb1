package dev.farpool.coordinator.grpc;

import dev.farpool.common.Protocol;
import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.AttemptNotes;
import dev.farpool.v1.AttemptsFinished;
import dev.farpool.v1.AttemptsReturned;
import dev.farpool.v1.AttemptsStarted;
import dev.farpool.v1.Credit;
import dev.farpool.v1.HeldAttempts;
import dev.farpool.v1.Register;
import dev.farpool.v1.ResultBlock;
import java.util.regex.Pattern;

/** What workers must send. */
final class WorkerCheck {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,200}");
  private static final int MOST_CORES = 100_000;
  private static final int MOST_ATTEMPTS = 100;
  private static final int LONGEST_TEXT = 300;
  private static final int MOST_PREFETCH = 1_000_000;
  private static final int MOST_RUNNING = 1024;

  private WorkerCheck() {}

  static void registration(AttachRequest first) {
    Check.require(first.hasRegister(), "register", "must be in the first message");
    Register register = first.getRegister();
    Check.protocol(register.hasProtocol(), register.getProtocol(), "register.protocol");
    Check.require(
        NAME.matcher(register.getName()).matches(),
        "register.name",
        "must be 1 to 200 characters of [A-Za-z0-9._-], not \"" + register.getName() + "\"");
    Check.notEmpty(register.getInstanceId(), "register.instance_id");
    Check.length(register.getInstanceId(), LONGEST_TEXT, "register.instance_id");
    Check.length(register.getHost(), LONGEST_TEXT, "register.host");
    Check.length(register.getVersion(), LONGEST_TEXT, "register.version");
    Check.range(register.getCores(), 1, MOST_CORES, "register.cores");
    Check.labels(register.getLabelsMap(), "register.labels");
    for (int i = 0; i < register.getHeldCount(); i++) {
      HeldAttempts held = register.getHeld(i);
      Check.require(
          held.getAttemptsCount() == held.getIndexesCount(),
          "register.held[" + i + "].attempts",
          "must be as many as indexes");
      for (int j = 0; j < held.getAttemptsCount(); j++) {
        Check.range(
            held.getAttempts(j), 1, MOST_ATTEMPTS, "register.held[" + i + "].attempts[" + j + "]");
      }
    }
  }

  static void report(AttachRequest message) {
    Check.require(!message.hasRegister(), "register", "must be in the first message only");
    int running = message.getHeartbeat().getRunningCount();
    Check.require(
        running <= MOST_RUNNING,
        "heartbeat.running",
        "must have at most " + MOST_RUNNING + " entries, not " + running);
    for (int i = 0; i < message.getStartedCount(); i++) {
      started(message.getStarted(i), "started[" + i + "]");
    }
    for (int i = 0; i < message.getNotesCount(); i++) {
      notes(message.getNotes(i), "notes[" + i + "]");
    }
    for (int i = 0; i < message.getFinishedCount(); i++) {
      finished(message.getFinished(i), "finished[" + i + "]");
    }
    for (int i = 0; i < message.getReturnedCount(); i++) {
      AttemptsReturned returned = message.getReturned(i);
      attempts(
          returned.getAttemptsCount(), returned.getIndexesCount(), "returned[" + i + "].attempts");
    }
    for (int i = 0; i < message.getCreditsCount(); i++) {
      Credit credit = message.getCredits(i);
      Check.range(
          credit.getPrefetchPerSlot(), 0, MOST_PREFETCH, "credits[" + i + "].prefetch_per_slot");
    }
  }

  private static void started(AttemptsStarted started, String path) {
    for (int i = 0; i < started.getStartsCount(); i++) {
      String host = started.getStarts(i).getHost();
      Check.length(host, LONGEST_TEXT, path + ".starts[" + i + "].host");
    }
  }

  private static void notes(AttemptNotes noted, String path) {
    for (int i = 0; i < noted.getNotesCount(); i++) {
      Check.size(
          noted.getNotes(i).getData(), Protocol.MOST_NOTE_BYTES, path + ".notes[" + i + "].data");
    }
  }

  private static void finished(AttemptsFinished finished, String path) {
    ResultBlock block = finished.getBlock();
    Check.require(
        block.getSizesCount() == block.getIndexesCount(),
        path + ".block.sizes",
        "must be as many as indexes");
    long sum = 0;
    for (int i = 0; i < block.getSizesCount(); i++) {
      sum += Integer.toUnsignedLong(block.getSizes(i));
    }
    Check.require(
        sum == block.getValues().size(),
        path + ".block.sizes",
        "must add up to the " + block.getValues().size() + " bytes of values, not " + sum);
    attempts(finished.getBlockAttemptsCount(), block.getIndexesCount(), path + ".block_attempts");
    attempts(
        finished.getResultAttemptsCount(), finished.getResultsCount(), path + ".result_attempts");
  }

  private static void attempts(int attempts, int tasks, String field) {
    Check.require(
        attempts == 0 || attempts == tasks, field, "must be none or as many as the tasks");
  }
}
