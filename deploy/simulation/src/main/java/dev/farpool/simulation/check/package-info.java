/**
 * What must always be true, held against a model of its own: what executors really did, what users
 * really got, and what went over the wire. Nothing here asks the product what it believes.
 */
package dev.farpool.simulation.check;
