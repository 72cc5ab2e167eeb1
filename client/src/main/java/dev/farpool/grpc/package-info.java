/**
 * The client's calls: a session, and for each of its pools a stream of submissions and one of
 * results, mended when they break. What is sent and what it means is decided in {@code
 * dev.farpool.core}.
 */
package dev.farpool.grpc;
