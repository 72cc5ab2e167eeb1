package dev.farpool.coordinator.grpc;

import dev.farpool.coordinator.core.Refusal;
import dev.farpool.coordinator.core.Scope;
import dev.farpool.v1.BlobRef;
import dev.farpool.v1.CodePart;
import dev.farpool.v1.FunctionDefinition;
import dev.farpool.v1.PoolSpec;
import dev.farpool.v1.SubmitRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/** Whether the blobs that a request refers to are there. Thread-safe. */
public final class BlobCheck {
  private final BiPredicate<Scope, BlobRef> present;

  /**
   * @param present whether a blob is there for somebody; must answer without waiting
   */
  public BlobCheck(BiPredicate<Scope, BlobRef> present) {
    this.present = present;
  }

  /** All the code of a pool must be there. */
  void requireCode(Scope own, PoolSpec spec) {
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < spec.getCode().getPartsCount(); i++) {
      CodePart part = spec.getCode().getParts(i);
      if (!present.test(own, part.getBlob())) {
        missing.add("spec.code.parts[" + i + "] (" + part.getName() + ")");
      }
    }
    if (spec.hasInitializer() && isMissing(own, spec.getInitializer().getFunction())) {
      missing.add("spec.initializer.function");
    }
    if (!missing.isEmpty()) {
      throw Refusal.missingBlobs(missing);
    }
  }

  /** What the batches of a request refer to must be there. */
  void requireArguments(Scope own, SubmitRequest request) {
    for (int i = 0; i < request.getFunctionsCount(); i++) {
      if (isMissing(own, request.getFunctions(i))) {
        throw missing("functions[" + i + "].blob");
      }
    }
    for (int i = 0; i < request.getBatchesCount(); i++) {
      if (request.getBatches(i).getJava().hasArgumentBlob()
          && !present.test(own, request.getBatches(i).getJava().getArgumentBlob())) {
        throw missing("batches[" + i + "].java.argument_blob");
      }
    }
  }

  private boolean isMissing(Scope own, FunctionDefinition function) {
    return function.hasBlob() && !present.test(own, function.getBlob());
  }

  private static InvalidFieldException missing(String field) {
    return new InvalidFieldException(field, "must be uploaded before it is used");
  }
}
