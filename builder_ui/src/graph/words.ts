// What a journey says, in plain words.
export { lastName, sayCondition, sayExits } from './sayCondition';
export { sayDuration, sayOffset, sayOnWeekdays, sayWeekdays } from './sayTimes';
export { sayTrigger } from './sayTrigger';
