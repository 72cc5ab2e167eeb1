package dev.farpool.dist.traces;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;

/** Collects spans as OpenTelemetry's collector does, by gRPC and by HTTP, on loopback. */
public final class Collector implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<CollectedSpan> spans = new ArrayList<>();
  private final Server grpc;
  private final HttpServer http;

  /** Starts to listen. */
  public Collector() throws IOException {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    grpc =
        NettyServerBuilder.forAddress(anyPort, InsecureServerCredentials.create())
            .addService(new Service())
            .build()
            .start();
    http = HttpServer.create(anyPort, 0);
    http.createContext("/v1/traces", this::post);
    http.start();
  }

  /** Where spans are taken by gRPC. */
  public String grpcEndpoint() {
    return "http://127.0.0.1:" + grpc.getPort();
  }

  /** Where spans are taken by HTTP. */
  public String httpEndpoint() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  /** All spans up to now. */
  public synchronized List<CollectedSpan> spans() {
    return List.copyOf(spans);
  }

  /** Waits until there are so many spans of a trace, and gives them. */
  public synchronized List<CollectedSpan> await(String traceId, int count)
      throws InterruptedException {
    return await(span -> span.traceId().equals(traceId), count);
  }

  /** Waits until there are so many spans of a kind, and gives them. */
  public synchronized List<CollectedSpan> await(Predicate<CollectedSpan> wanted, int count)
      throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      List<CollectedSpan> found = spans.stream().filter(wanted).toList();
      if (found.size() >= count) {
        return found;
      }
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError(found.size() + " spans instead of " + count + " of " + spans);
      }
      wait(left);
    }
  }

  private synchronized void take(ExportTraceServiceRequest request) {
    for (ResourceSpans resource : request.getResourceSpansList()) {
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        scope
            .getSpansList()
            .forEach(span -> spans.add(new CollectedSpan(resource.getResource(), span)));
      }
    }
    notifyAll();
  }

  private void post(HttpExchange exchange) throws IOException {
    boolean packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    take(
        ExportTraceServiceRequest.parseFrom(
            packed ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()));
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  @Override
  public void close() {
    grpc.shutdownNow();
    http.stop(0);
  }

  private final class Service extends TraceServiceGrpc.TraceServiceImplBase {
    @Override
    public void export(
        ExportTraceServiceRequest request, StreamObserver<ExportTraceServiceResponse> answer) {
      take(request);
      answer.onNext(ExportTraceServiceResponse.getDefaultInstance());
      answer.onCompleted();
    }
  }
}
