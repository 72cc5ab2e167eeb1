/**
 * How a call becomes bytes and back.
 *
 * <p>This package is used on both ends: by the client, which writes calls and reads results, and
 * inside executors, which load {@link dev.farpool.call.JavaCalls} from the class path of the user's
 * program. It depends on the JDK and on the function types of {@code dev.farpool} only.
 */
package dev.farpool.call;
