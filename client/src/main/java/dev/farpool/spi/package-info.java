/** What an embedded cluster provides; looked up by {@link java.util.ServiceLoader}. */
package dev.farpool.spi;
