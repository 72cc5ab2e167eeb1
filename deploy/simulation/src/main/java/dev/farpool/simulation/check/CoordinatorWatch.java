package dev.farpool.simulation.check;

import com.google.protobuf.ByteString;
import dev.farpool.simulation.net.Wiretap;
import dev.farpool.simulation.node.BlobShelf;
import dev.farpool.simulation.work.ResultStamp;
import dev.farpool.v1.AttachRequest;
import dev.farpool.v1.AttachResponse;
import dev.farpool.v1.AttemptsFinished;
import dev.farpool.v1.AttemptsReturned;
import dev.farpool.v1.Credit;
import dev.farpool.v1.Failure;
import dev.farpool.v1.HeldAttempts;
import dev.farpool.v1.PoolOpened;
import dev.farpool.v1.Register;
import dev.farpool.v1.ResultBlock;
import dev.farpool.v1.ResultsRequest;
import dev.farpool.v1.ResultsResponse;
import dev.farpool.v1.StartAttempts;
import dev.farpool.v1.TaskResult;
import java.util.HashMap;
import java.util.Map;

/**
 * Follows what one coordinator hears and says, and keeps an account of its own of who was handed
 * what.
 */
public final class CoordinatorWatch implements Wiretap {
  private final Ledger ledger;
  private final BlobShelf blobs;
  private final Epochs epochs;
  private final Handing.Mode mode;
  private final Map<Long, String> instances = new HashMap<>();
  private final Map<Long, String> names = new HashMap<>();
  private final Map<Long, Long> sequences = new HashMap<>();
  private final Map<Long, String> followed = new HashMap<>();
  private final Map<Long, Long> cursors = new HashMap<>();
  private final Map<Long, Handing> byNumber = new HashMap<>();
  private final Map<String, Handing> byId = new HashMap<>();

  /**
   * The highest epoch of each worker with all coordinators so far, and whether workers must have
   * come to rest.
   */
  public static final class Epochs {
    private final Map<String, Long> highest = new HashMap<>();
    private boolean atRest;

    /** From now on a worker that registers must hold nothing. */
    public void expectRest() {
      atRest = true;
    }
  }

  /**
   * @param mode how strictly the order in which tasks are handed out is looked at
   */
  public CoordinatorWatch(Ledger ledger, BlobShelf blobs, Epochs epochs, Handing.Mode mode) {
    this.ledger = ledger;
    this.blobs = blobs;
    this.epochs = epochs;
    this.mode = mode;
  }

  private Handing handing(String poolId) {
    return byId.computeIfAbsent(poolId, id -> new Handing(ledger, ledger.pool(id), mode));
  }

  @Override
  public void heard(long call, Object message) {
    if (message instanceof AttachRequest request) {
      report(call, request);
    } else if (message instanceof ResultsRequest request) {
      followed.put(call, request.getPoolId());
      cursors.put(call, request.getCursor());
    }
  }

  private void report(long call, AttachRequest request) {
    Long last = sequences.put(call, request.getSequence());
    if (last != null && request.getSequence() != last + 1) {
      ledger.violated("I17", "sequence " + request.getSequence() + " follows " + last);
    }
    if (request.hasRegister()) {
      register(call, request.getRegister());
    }
    for (AttemptsFinished finished : request.getFinishedList()) {
      finished(finished, instances.get(call));
    }
    for (Credit credit : request.getCreditsList()) {
      Handing handing = byNumber.get(credit.getPool());
      if (handing != null) {
        handing.credits().asked(instances.get(call), credit.getPrefetchPerSlot());
      }
    }
    for (AttemptsReturned returned : request.getReturnedList()) {
      Handing handing = byNumber.get(returned.getPool());
      if (handing != null) {
        for (int i = 0; i < returned.getIndexesCount(); i++) {
          int attempt = returned.getAttemptsCount() == 0 ? 1 : returned.getAttempts(i);
          handing.cameBack(returned.getIndexes(i), attempt, instances.get(call));
        }
      }
    }
  }

  private void register(long call, Register register) {
    instances.put(call, register.getInstanceId());
    names.put(call, register.getName());
    byId.values().forEach(handing -> handing.returned(register));
    for (HeldAttempts held : register.getHeldList()) {
      if (epochs.atRest && held.getIndexesCount() > 0) {
        ledger.violated("rest", "worker " + register.getName() + " still holds " + held);
      }
      for (int i = 0; i < held.getIndexesCount(); i++) {
        handing(held.getPoolId())
            .claimed(held.getIndexes(i), held.getAttempts(i), register.getInstanceId());
      }
    }
  }

  private void finished(AttemptsFinished finished, String instance) {
    Handing handing = byNumber.get(finished.getPool());
    if (handing == null) {
      return;
    }
    for (long index : finished.getBlock().getIndexesList()) {
      handing.credits().answered(instance, index);
    }
    for (int i = 0; i < finished.getResultsCount(); i++) {
      TaskResult result = finished.getResults(i);
      handing.credits().answered(instance, result.getIndex());
      if (result.getFailure().getKind() == Failure.Kind.KIND_PROCESS_DIED) {
        int attempt = finished.getResultAttemptsCount() == 0 ? 1 : finished.getResultAttempts(i);
        handing.died(result.getIndex(), attempt, instance);
      }
    }
  }

  @Override
  public void said(long call, Object message) {
    if (message instanceof AttachResponse response) {
      told(call, response);
    } else if (message instanceof ResultsResponse response) {
      delivered(call, response);
    }
  }

  private void told(long call, AttachResponse response) {
    if (response.hasRegistered()) {
      long epoch = response.getRegistered().getEpoch();
      Long last = epochs.highest.put(names.get(call), epoch);
      if (last != null && epoch <= last) {
        ledger.violated("I17", "epoch " + epoch + " of " + names.get(call) + " follows " + last);
      }
    }
    for (PoolOpened opened : response.getOpenedList()) {
      byNumber.put(opened.getPool(), handing(opened.getPoolId()));
    }
    for (StartAttempts start : response.getStartList()) {
      int count = Math.max(1, start.getBatch().getJava().getSizesCount());
      Handing handing = byNumber.get(start.getPool());
      for (int i = 0; i < count; i++) {
        long index = start.getBatch().getFirstIndex() + i;
        handing.handed(index, start.getAttempt(), instances.get(call));
        if (ledger.isUndisturbed()) {
          handing.credits().handed(instances.get(call), index, start.getSlots());
        }
      }
    }
  }

  private void delivered(long call, ResultsResponse response) {
    Long last = cursors.put(call, response.getCursor());
    if (last != null && response.getCursor() < last) {
      ledger.violated("I17", "cursor " + response.getCursor() + " follows " + last);
    }
    Handing handing = handing(followed.get(call));
    for (ResultBlock block : response.getBlocksList()) {
      int at = 0;
      for (int i = 0; i < block.getIndexesCount(); i++) {
        int end = at + block.getSizes(i);
        check(handing, block.getIndexes(i), block.getValues().substring(at, end));
        at = end;
      }
    }
    for (TaskResult result : response.getResultsList()) {
      if (result.hasBlob()) {
        check(handing, result.getIndex(), blobs.get(result.getBlob()));
      }
      handing.over(result.getIndex());
    }
  }

  private void check(Handing handing, long index, ByteString value) {
    ResultStamp stamp = ResultStamp.decode(value.toByteArray());
    Run run = ledger.run(stamp.run());
    handing.accepted(index, stamp.attempt(), run == null ? "nobody" : run.instance);
    handing.over(index);
  }
}
