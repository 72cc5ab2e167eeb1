/** What a process needs to prove itself and to know its peer: certificates, keys and tokens. */
package dev.farpool.common.security;
