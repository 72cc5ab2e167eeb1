package dev.farpool.call;

import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;

/**
 * Calls the method behind a lambda or method reference directly.
 *
 * <p>Going by reflection instead of making the lambda again saves a starting executor the set-up of
 * {@code invokedynamic}, and each call with captured values a new lambda object. For the same
 * reason there are no lambdas here.
 */
final class LambdaTarget implements Target {
  private final LambdaSite site;
  private final Method method;
  private final Constructor<?> constructor;
  private final int parameters;

  private LambdaTarget(LambdaSite site, Method method, Constructor<?> constructor) {
    this.site = site;
    this.method = method;
    this.constructor = constructor;
    int declared = method == null ? constructor.getParameterCount() : method.getParameterCount();
    boolean receiver = method != null && !Modifier.isStatic(method.getModifiers());
    this.parameters = declared + (receiver ? 1 : 0);
  }

  static LambdaTarget find(LambdaSite site) throws ClassNotFoundException, NoSuchMethodException {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    Class<?> owner = Class.forName(site.implClass(), false, loader);
    MethodType type = MethodType.fromMethodDescriptorString(site.implSignature(), loader);
    if (site.implMethod().equals("<init>")) {
      Constructor<?> constructor = owner.getDeclaredConstructor(type.parameterArray());
      constructor.trySetAccessible();
      return new LambdaTarget(site, null, constructor);
    }
    Method method = find(owner, site.implMethod(), type);
    if (method == null) {
      throw new NoSuchMethodException(
          site.implClass() + "." + site.implMethod() + site.implSignature());
    }
    method.trySetAccessible();
    return new LambdaTarget(site, method, null);
  }

  private static Method find(Class<?> owner, String name, MethodType type) {
    if (owner == null) {
      return null;
    }
    for (Method method : owner.getDeclaredMethods()) {
      if (method.getName().equals(name)
          && method.getReturnType() == type.returnType()
          && Arrays.equals(method.getParameterTypes(), type.parameterArray())) {
        return method;
      }
    }
    Method inherited = find(owner.getSuperclass(), name, type);
    for (Class<?> parent : owner.getInterfaces()) {
      inherited = inherited == null ? find(parent, name, type) : inherited;
    }
    return inherited;
  }

  @Override
  public Bound bind(ValueReader state) throws Exception {
    Object[] captured = site.captured() == 0 ? LambdaSite.NOTHING : new Object[site.captured()];
    for (int i = 0; i < captured.length; i++) {
      captured[i] = state.read();
    }
    return new BoundLambda(this, captured);
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record BoundLambda(LambdaTarget target, Object[] captured) implements Bound {
    @Override
    public Object call(Object... arguments) throws Throwable {
      return target.call(captured.length == 0 ? arguments : joined(captured, arguments));
    }
  }

  private static Object[] joined(Object[] captured, Object[] arguments) {
    Object[] all = new Object[captured.length + arguments.length];
    System.arraycopy(captured, 0, all, 0, captured.length);
    System.arraycopy(arguments, 0, all, captured.length, arguments.length);
    return all;
  }

  private Object call(Object... arguments) throws Throwable {
    if (arguments.length != parameters) {
      throw new ArgumentDecodingException(
          site.implMethod() + " takes " + parameters + " values, not " + arguments.length, null);
    }
    try {
      if (constructor != null) {
        return constructor.newInstance(arguments);
      }
      return Modifier.isStatic(method.getModifiers())
          ? method.invoke(null, arguments)
          : method.invoke(arguments[0], rest(arguments));
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }

  private static Object[] rest(Object[] arguments) {
    Object[] rest = new Object[arguments.length - 1];
    System.arraycopy(arguments, 1, rest, 0, rest.length);
    return rest;
  }
}
