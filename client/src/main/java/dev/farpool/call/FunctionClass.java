package dev.farpool.call;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
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

  private static final MethodType TAKE_APART = MethodType.methodType(Object.class, Object.class);

  /**
   * Gives a lambda as {@link SerializedLambda}; null for function objects that are no lambdas. A
   * method handle, since reflection stays slow for ever on the hidden classes of lambdas.
   */
  private final MethodHandle writeReplace;

  private final Definition[] definitions = new Definition[Shape.COUNT];
  private volatile boolean capturesNothing;

  private FunctionClass(MethodHandle writeReplace) {
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
    Definition known = definitions[shape.code()];
    if (known == null) {
      known = new Definition(LambdaSite.define(shape, serialized(lambda), null));
      definitions[shape.code()] = known;
    }
    return known;
  }

  /** The definition of a lambda with its captured values, already encoded. */
  Definition definition(Shape shape, Object lambda, byte[] captured) {
    return new Definition(LambdaSite.define(shape, serialized(lambda), captured));
  }

  private SerializedLambda serialized(Object lambda) {
    try {
      Object replaced = writeReplace.invokeExact(lambda);
      return (SerializedLambda) replaced;
    } catch (Throwable broken) {
      throw new IllegalArgumentException("cannot take apart the lambda " + lambda, broken);
    }
  }

  private static MethodHandle writeReplace(Class<?> type) {
    if (!type.isSynthetic()) {
      return null;
    }
    try {
      Method method = type.getDeclaredMethod("writeReplace");
      return method.getReturnType() == Object.class && method.trySetAccessible()
          ? MethodHandles.lookup().unreflect(method).asType(TAKE_APART)
          : null;
    } catch (NoSuchMethodException | IllegalAccessException noLambda) {
      return null;
    }
  }
}
