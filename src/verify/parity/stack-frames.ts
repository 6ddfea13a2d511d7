/** Frames of a stack trace, as text and as Express's error page writes them. */
const FRAMES = [/\n[ \t]+at [^\n]*(?::\d+\)?|\(native\)|<anonymous>\)?)(?=\n|$)/g, /<br>(?:\s|&nbsp;)*at [^<]*/g];

/**
 * Leaves the frames of stack traces out of an answer. They tell in which file and line code lies, which is not the
 * same after it has moved; that there was an error, and its message, stays.
 */
export const withoutStackFrames = (text: string): string => FRAMES.reduce((rest, frames) => rest.replace(frames, ''), text);
