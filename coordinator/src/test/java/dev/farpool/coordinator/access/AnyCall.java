package dev.farpool.coordinator.access;

import dev.farpool.common.security.BearerToken;
import dev.farpool.coordinator.ByteMarshaller;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A call of any method with any bytes and any token, by somebody who knows only its name. */
public final class AnyCall extends ClientCall.Listener<byte[]> {
  private final CompletableFuture<Status> end = new CompletableFuture<>();

  private AnyCall() {}

  /**
   * Makes one and tells how it ended; a first answer is an end, too, and a good one.
   *
   * @param authorization what stands in the header; null for none
   */
  public static Status make(
      Channel channel, MethodDescriptor<?, ?> method, byte[] request, String authorization) {
    MethodDescriptor<byte[], byte[]> raw =
        MethodDescriptor.newBuilder(new ByteMarshaller(), new ByteMarshaller())
            .setType(method.getType())
            .setFullMethodName(method.getFullMethodName())
            .build();
    ClientCall<byte[], byte[]> call =
        channel.newCall(raw, CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS));
    AnyCall heard = new AnyCall();
    Metadata headers = new Metadata();
    if (authorization != null) {
      headers.put(BearerToken.HEADER, authorization);
    }
    call.start(heard, headers);
    call.request(1);
    call.sendMessage(request);
    call.halfClose();
    Status status = heard.end.join();
    call.cancel("enough was heard", null);
    return status;
  }

  @Override
  public void onMessage(byte[] answer) {
    end.complete(Status.OK);
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    end.complete(status);
  }
}
