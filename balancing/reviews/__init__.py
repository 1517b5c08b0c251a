"""Looking at the plan in force again and again: what drifted, what to raise an alarm for, and the smallest mend."""
