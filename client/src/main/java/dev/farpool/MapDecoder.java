package dev.farpool;

import dev.farpool.call.ItemFailure;
import dev.farpool.call.JavaCalls;
import dev.farpool.core.Outcome;
import java.util.List;

/**
 * From the outcomes of a map's parts to its list.
 *
 * @param settled whether the results are {@link Settled}, one for each item
 */
record MapDecoder(PoolBackend backend, boolean settled) {
  /** The results of all items, or why there are none. */
  <R> Settled<List<R>> decode(List<MapPart> parts, int items) {
    ResultList<R> results = new ResultList<>(items);
    for (MapPart part : parts) {
      Settled<Object> decoded = backend.settle(part.takeOutcome(), this::decode);
      if (!decoded.succeeded() && !settled) {
        return Settled.failed(decoded.failure());
      }
      Object done = settled ? outcomes(decoded, part.count()) : decoded.value();
      results.put(part.from(), part.count(), done);
    }
    return Settled.of(results);
  }

  private Object decode(byte[] encoded) {
    return settled
        ? JavaCalls.decodeSettled(encoded, backend.failures().filter())
        : JavaCalls.decodeChunk(encoded, backend.failures().filter());
  }

  private Object[] outcomes(Settled<Object> part, int count) {
    Object[] outcomes = part.succeeded() ? (Object[]) part.value() : new Object[count];
    for (int i = 0; i < count; i++) {
      outcomes[i] = part.succeeded() ? item(outcomes[i]) : part;
    }
    return outcomes;
  }

  private Settled<Object> item(Object outcome) {
    return outcome instanceof ItemFailure failure
        ? Settled.failed(backend.failures().exception(failure))
        : Settled.of(outcome);
  }

  /** How many items a part did: all of them unless it tells otherwise. */
  int done(MapPart part, Outcome outcome) {
    try {
      return outcome instanceof Outcome.Encoded encoded
          ? JavaCalls.count(encoded.bytes(), settled)
          : part.count();
    } catch (ResultEncodingException unreadable) {
      return part.count(); // Whoever decodes it is told.
    }
  }
}
