alter table job validate constraint job_max_attempts_check;
