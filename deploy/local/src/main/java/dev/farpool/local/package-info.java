/**
 * A cluster inside the program that uses it: coordinator and worker in this JVM, executors as real
 * processes beside it. The client library finds it through {@link java.util.ServiceLoader}.
 */
package dev.farpool.local;
