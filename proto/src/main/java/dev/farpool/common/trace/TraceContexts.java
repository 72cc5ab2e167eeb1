package dev.farpool.common.trace;

import dev.farpool.v1.TraceContext;
import java.util.HexFormat;

/** What a {@link TraceContext} must be, and what is in it. */
public final class TraceContexts {
  private static final int MOST_PARENT_CHARS = 128;
  private static final int MOST_STATE_CHARS = 512;

  // 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01
  private static final int TRACE_AT = 3;
  private static final int SPAN_AT = 36;
  private static final int FLAGS_AT = 53;
  private static final int END = 55;

  private static final String INVALID_VERSION = "ff";
  private static final String VERSION = "00";
  private static final int SAMPLED = 1;

  private TraceContexts() {}

  /**
   * The context as this version writes it.
   *
   * @return null if it is not well-formed; without the state if only that is not
   */
  public static TraceContext valid(TraceContext context) {
    String parent = context.getTraceparent();
    if (!isParent(parent)) {
      return null;
    }
    TraceContext.Builder valid =
        TraceContext.newBuilder().setTraceparent(VERSION + parent.substring(2, END));
    return isState(context.getTracestate())
        ? valid.setTracestate(context.getTracestate()).build()
        : valid.build();
  }

  private static boolean isParent(String parent) {
    if (parent.length() < END || parent.length() > MOST_PARENT_CHARS) {
      return false;
    }
    boolean closed =
        parent.length() == END || (parent.charAt(END) == '-' && !parent.startsWith(VERSION));
    return closed
        && isHex(parent, 0, TRACE_AT - 1)
        && !parent.startsWith(INVALID_VERSION)
        && isId(parent, TRACE_AT, SPAN_AT - 1)
        && isId(parent, SPAN_AT, FLAGS_AT - 1)
        && isHex(parent, FLAGS_AT, END);
  }

  /** Whether a field has a hyphen before it, is hexadecimal, and not all zeros. */
  private static boolean isId(String parent, int from, int to) {
    return parent.charAt(from - 1) == '-'
        && parent.charAt(to) == '-'
        && isHex(parent, from, to)
        && parent.chars().skip(from).limit((long) to - from).anyMatch(digit -> digit != '0');
  }

  private static boolean isHex(String parent, int from, int to) {
    for (int i = from; i < to; i++) {
      char digit = parent.charAt(i);
      if ((digit < '0' || digit > '9') && (digit < 'a' || digit > 'f')) {
        return false;
      }
    }
    return true;
  }

  /** Whether it can stand in a header and in an environment variable. */
  private static boolean isState(String state) {
    return state.length() <= MOST_STATE_CHARS && state.chars().allMatch(c -> c >= ' ' && c <= '~');
  }

  /** Whether its spans are wanted. Only of valid contexts, as all that follows. */
  public static boolean isSampled(TraceContext context) {
    return (flags(context) & SAMPLED) != 0;
  }

  /** The flags. */
  public static byte flags(TraceContext context) {
    return (byte) HexFormat.fromHexDigits(context.getTraceparent(), FLAGS_AT, END);
  }

  /** The id of the trace, in 32 hexadecimal digits. */
  public static String traceId(TraceContext context) {
    return context.getTraceparent().substring(TRACE_AT, SPAN_AT - 1);
  }

  /** The id of the span, in 16 hexadecimal digits. */
  public static String spanId(TraceContext context) {
    return context.getTraceparent().substring(SPAN_AT, FLAGS_AT - 1);
  }

  /** The same trace with another span as the parent. */
  public static TraceContext withSpan(TraceContext context, long spanId) {
    String parent = context.getTraceparent();
    return context.toBuilder()
        .setTraceparent(parent.substring(0, SPAN_AT) + hex(spanId) + parent.substring(FLAGS_AT - 1))
        .build();
  }

  /** The id of a span in hexadecimal digits. */
  static String hex(long spanId) {
    return HexFormat.of().toHexDigits(spanId);
  }
}
