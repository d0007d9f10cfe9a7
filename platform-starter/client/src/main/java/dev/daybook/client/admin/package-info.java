/** What a bookie tells an operator over HTTP: values and their JSON form, shared by bookie and console. */
@NullMarked
package dev.daybook.client.admin;

import org.jspecify.annotations.NullMarked;
