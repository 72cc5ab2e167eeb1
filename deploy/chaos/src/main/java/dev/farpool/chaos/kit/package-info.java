/**
 * What end-to-end tests and the chaos run are made of: processes of the distribution, hosts in
 * network namespaces, and a proxy that spoils connections. Failures are {@link AssertionError}s.
 */
package dev.farpool.chaos.kit;
