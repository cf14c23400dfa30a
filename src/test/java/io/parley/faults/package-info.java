/**
 * Faults that real servers are put through while clients talk, and what the clients' histories then
 * prove. Each row of the table is a test; a row whose fault did not really happen fails.
 *
 * <p>A few quick ones run in every build; all of them with {@code mvn verify -Pfaults}, which
 * leaves the table in {@code target/faults.md}.
 */
@org.jspecify.annotations.NullMarked
package io.parley.faults;
