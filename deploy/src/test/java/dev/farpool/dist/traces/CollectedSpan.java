package dev.farpool.dist.traces;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.HexFormat;
import java.util.List;

/** A span as it was sent. */
public record CollectedSpan(Resource resource, Span span) {
  /** The process that sent it. */
  public String service() {
    return text(resource.getAttributesList(), "service.name");
  }

  /** What was done, and where. */
  public String name() {
    return span.getName();
  }

  /** The trace, in hexadecimal digits. */
  public String traceId() {
    return hex(span.getTraceId());
  }

  /** Its own id, in hexadecimal digits. */
  public String id() {
    return hex(span.getSpanId());
  }

  /** Whose child it is; empty for nobody's. */
  public String parent() {
    return hex(span.getParentSpanId());
  }

  /** An attribute as text; empty if it is not there. */
  public String attribute(String name) {
    return text(span.getAttributesList(), name);
  }

  /** Whether it tells of a failure. */
  public boolean isError() {
    return span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR;
  }

  private static String hex(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }

  private static String text(List<KeyValue> attributes, String name) {
    for (KeyValue attribute : attributes) {
      if (attribute.getKey().equals(name)) {
        AnyValue value = attribute.getValue();
        return value.hasIntValue() ? Long.toString(value.getIntValue()) : value.getStringValue();
      }
    }
    return "";
  }

  @Override
  public String toString() {
    return service() + ": " + name() + " " + id() + " child of " + parent();
  }
}
