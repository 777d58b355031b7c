package org.dinobench.ui.losses.model;

/**
 * A point of a schedule that can be dragged.
 *
 * @param title what it is
 * @param xPath key that its place in the run comes from; empty when it stays at its end
 * @param yPath key that its value comes from
 * @param x place in the run
 * @param y value of the schedule
 * @param factor the schedule's value is the key's value times this
 */
public record Knot(String title, String xPath, String yPath, double x, double y, double factor) {}
