package dev.farpool.peers.relay;

import io.grpc.MethodDescriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The relay's two streams: messages are bytes, and mean nothing to it. */
final class Wire {
  static final String SERVICE = "farpool.peers.Relay";
  static final int MAX_MESSAGE = 16 << 20;

  /** From a client: its tasks, and their results back. */
  static final MethodDescriptor<byte[], byte[]> TASKS = method("Tasks");

  /** From a worker: results, and the tasks it is handed back. */
  static final MethodDescriptor<byte[], byte[]> WORK = method("Work");

  private Wire() {}

  private static MethodDescriptor<byte[], byte[]> method(String name) {
    return MethodDescriptor.<byte[], byte[]>newBuilder()
        .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
        .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, name))
        .setRequestMarshaller(new Raw())
        .setResponseMarshaller(new Raw())
        .build();
  }

  private static final class Raw implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] bytes) {
      return new ByteArrayInputStream(bytes);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        byte[] bytes = new byte[stream.available()];
        if (stream.readNBytes(bytes, 0, bytes.length) < bytes.length || stream.read() >= 0) {
          throw new IllegalStateException("a message of another length than it said");
        }
        return bytes;
      } catch (IOException fromMemory) {
        throw new UncheckedIOException(fromMemory);
      }
    }
  }
}
