package dev.farpool.call;

import dev.farpool.SerializableBiFunction;
import dev.farpool.SerializableFunction;
import dev.farpool.SerializableRunnable;
import java.util.concurrent.Callable;

/** Calls a function object that came whole. */
final class ObjectTarget implements Target {
  private final int arity;

  ObjectTarget(Shape shape) {
    this.arity = shape.arity();
  }

  @Override
  public Bound bind(ValueReader state) throws Exception {
    Object function = state.read();
    return switch (arity) {
      case 0 -> new NoArguments(function);
      case 1 -> new OneArgument((SerializableFunction<?, ?>) function);
      default -> new TwoArguments((SerializableBiFunction<?, ?, ?>) function);
    };
  }

  private record NoArguments(Object function) implements Bound {
    @Override
    public Object call(Object... arguments) throws Exception {
      if (function instanceof Callable<?> callable) {
        return callable.call();
      }
      if (function instanceof SerializableRunnable runnable) {
        runnable.run();
      } else {
        ((Runnable) function).run();
      }
      return null;
    }
  }

  private record OneArgument(SerializableFunction<?, ?> function) implements Bound {
    @Override
    @SuppressWarnings("unchecked") // The caller's types were checked when the call was written.
    public Object call(Object... arguments) throws Exception {
      return ((SerializableFunction<Object, ?>) function).apply(arguments[0]);
    }
  }

  private record TwoArguments(SerializableBiFunction<?, ?, ?> function) implements Bound {
    @Override
    @SuppressWarnings("unchecked") // The caller's types were checked when the call was written.
    public Object call(Object... arguments) throws Exception {
      return ((SerializableBiFunction<Object, Object, ?>) function)
          .apply(arguments[0], arguments[1]);
    }
  }
}
