create table own (id int primary key);
