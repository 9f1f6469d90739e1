/**
 * States of a second-factor challenge:
 *
 *   open → answered          by one right code: a session begins, the row is gone
 *   open → used up           after ATTEMPTS answers, counted before any of them is looked at
 *   open → over              by the clock
 *
 * Nobody is signed in before it is answered, on the device that gave the password.
 */
export const ATTEMPTS = 5
export const CHALLENGE_SECONDS = 600
