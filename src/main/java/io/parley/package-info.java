/**
 * Where a node begins: the arguments, and the wiring of everything by hand.
 *
 * <p>Only this package and the command line see all the others, stores included; nobody sees it but
 * the command line. Rules live in the capabilities, never here.
 */
@NullMarked
package io.parley;

import org.jspecify.annotations.NullMarked;
