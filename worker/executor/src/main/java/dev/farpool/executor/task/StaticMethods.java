package dev.farpool.executor.task;

import dev.farpool.executor.frame.OutcomeKind;
import dev.farpool.executor.wire.WireReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Calls public static methods of the pool's code by name. */
public final class StaticMethods {
  private StaticMethods() {}

  /**
   * Runs a {@code StaticMethodCall}.
   *
   * @return its result, as a {@code Value}
   * @throws Throwable what the method threw, or why it could not be called
   */
  public static Outcome call(byte[] body) throws Throwable {
    return new Outcome(OutcomeKind.VALUE, Values.write(run(body)));
  }

  /**
   * Runs a {@code StaticMethodCall} whose result nobody wants.
   *
   * @return its result
   * @throws Throwable what the method threw, or why it could not be called
   */
  public static Object run(byte[] body) throws Throwable {
    String className = "";
    String methodName = "";
    List<Object> values = new ArrayList<>();
    WireReader call = new WireReader(body);
    while (call.next()) {
      switch (call.field()) {
        case 1 -> className = call.string();
        case 2 -> methodName = call.string();
        case 3 -> values.add(Values.read(call.message()));
        default -> call.skip();
      }
    }
    return invoke(load(className), methodName, values);
  }

  private static Class<?> load(String name) throws TaskException {
    try {
      Class<?> type = Class.forName(name);
      boolean ofThePool =
          type.getClassLoader() == ClassLoader.getSystemClassLoader()
              && !name.startsWith("dev.farpool.executor.");
      if (!ofThePool || !Modifier.isPublic(type.getModifiers())) {
        throw notFound("class " + name + " is not a public class of the pool's code", null);
      }
      return type;
    } catch (ClassNotFoundException | LinkageError missing) {
      throw notFound("class " + name + " is not in the pool's code: " + missing, missing);
    }
  }

  private static Object invoke(Class<?> type, String name, List<?> values) throws Throwable {
    List<Method> candidates = new ArrayList<>();
    for (Method method : type.getMethods()) {
      if (method.getName().equals(name) && Modifier.isStatic(method.getModifiers())) {
        candidates.add(method);
      }
    }
    if (candidates.isEmpty()) {
      throw notFound("class " + type.getName() + " has no public static method " + name, null);
    }
    Method best = null;
    Object[] arguments = null;
    int distance = Integer.MAX_VALUE;
    for (Method method : candidates) {
      Arguments fitting = new Arguments();
      Object[] fitted = fitting.fit(method.getParameterTypes(), values);
      if (fitted != null && fitting.distance() < distance) {
        best = method;
        arguments = fitted;
        distance = fitting.distance();
      }
    }
    if (best == null) {
      throw new TaskException(
          FailureKind.BAD_ARGUMENTS, mismatch(type, name, values, candidates), null);
    }
    try {
      return best.invoke(null, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }

  private static String mismatch(
      Class<?> type, String name, List<?> values, List<Method> candidates) {
    StringBuilder text = new StringBuilder("no method ").append(type.getName());
    text.append('.').append(name).append(" takes (");
    for (int i = 0; i < values.size(); i++) {
      text.append(i == 0 ? "" : ", ").append(kindOf(values.get(i)));
    }
    text.append("); there is");
    for (int i = 0; i < candidates.size(); i++) {
      text.append(i == 0 ? " " : ", ").append(candidates.get(i).toGenericString());
    }
    return text.toString();
  }

  private static String kindOf(Object value) {
    if (value == null) {
      return "null";
    } else if (value instanceof Long number) {
      return "integer " + number;
    } else if (value instanceof List<?> items) {
      return "list of " + items.size();
    } else if (value instanceof byte[] bytes) {
      return bytes.length + " bytes";
    }
    return value.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  private static TaskException notFound(String message, Throwable cause) {
    return new TaskException(FailureKind.CODE_NOT_FOUND, message, cause);
  }
}
