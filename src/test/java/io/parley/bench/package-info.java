/**
 * What Parley costs: whole servers in processes of their own, as operators run them, and the small
 * parts that a message passes there.
 *
 * <p>Each class makes one table of {@code BENCHMARKS.md}, which says how it is called; none of them
 * runs by itself. It must never happen that one measures something else than the product with the
 * settings that it names.
 */
@org.jspecify.annotations.NullMarked
package io.parley.bench;
