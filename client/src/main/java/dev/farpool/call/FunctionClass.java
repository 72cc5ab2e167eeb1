package dev.farpool.call;

import java.lang.invoke.SerializedLambda;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/**
 * What is known of one class of function objects, kept as long as the class: above all whether it
 * is a lambda or method reference, which is named by its code and not by its content.
 */
final class FunctionClass {
  private static final ClassValue<FunctionClass> KNOWN =
      new ClassValue<>() {
        @Override
        protected FunctionClass computeValue(Class<?> type) {
          return new FunctionClass(writeReplace(type));
        }
      };

  /** Null for function objects that are no lambdas. */
  private final Method writeReplace;

  private final Definition[] definitions = new Definition[Shape.values().length];
  private volatile boolean capturesNothing;

  private FunctionClass(Method writeReplace) {
    this.writeReplace = writeReplace;
  }

  static FunctionClass of(Object function) {
    return KNOWN.get(function.getClass());
  }

  /**
   * Whether functions of this class are lambdas or method references whose code can be named.
   * Lambdas in a package that is not open to this library are sent as serialized objects.
   */
  boolean isLambda() {
    return writeReplace != null;
  }

  /** The captured values of a lambda. */
  Object[] captured(Object lambda) {
    if (capturesNothing) {
      return LambdaSite.NOTHING;
    }
    Object[] captured = LambdaSite.captured(serialized(lambda));
    capturesNothing = captured.length == 0;
    return captured;
  }

  /** The definition of a lambda whose captured values come with each call. */
  Definition definition(Shape shape, Object lambda) {
    // A race makes the same definition twice, which does no harm: they are equal.
    Definition known = definitions[shape.ordinal()];
    if (known == null) {
      known = new Definition(LambdaSite.define(shape, serialized(lambda), null));
      definitions[shape.ordinal()] = known;
    }
    return known;
  }

  /** The definition of a lambda with its captured values, already encoded. */
  Definition definition(Shape shape, Object lambda, byte[] captured) {
    return new Definition(LambdaSite.define(shape, serialized(lambda), captured));
  }

  private SerializedLambda serialized(Object lambda) {
    try {
      return (SerializedLambda) writeReplace.invoke(lambda);
    } catch (IllegalAccessException | InvocationTargetException broken) {
      throw new IllegalArgumentException("cannot take apart the lambda " + lambda, broken);
    }
  }

  private static Method writeReplace(Class<?> type) {
    if (!type.isSynthetic()) {
      return null;
    }
    try {
      Method method = type.getDeclaredMethod("writeReplace");
      return method.getReturnType() == Object.class && method.trySetAccessible() ? method : null;
    } catch (NoSuchMethodException noLambda) {
      return null;
    }
  }
}
