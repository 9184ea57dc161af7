"""The tables of the catalog, and how a file of an earlier version is brought to this one.

What is derived from articles (passages, sentences, claims, terms) changes with the code that reads
them, so an earlier file keeps only its articles, under `unread`, and they are read again. Bump
VERSION with every change to the tables or to what is read.
"""

from __future__ import annotations

VERSION = "8"
SCHEMA = """
create table if not exists meta(key text primary key, value text);
create table if not exists articles(
  id text primary key, language text not null, publisher text, published text,
  content_hash text not null, path text, embedded_by text, claims_by text not null,
  record text not null);
create table if not exists passages(
  id integer primary key, key text unique not null, article_id text not null,
  start integer not null, "end" integer not null, terms text not null, vectors blob not null);
create table if not exists sentences(
  passage integer not null, start integer not null, "end" integer not null, terms text not null,
  primary key(passage, start)) without rowid;
create table if not exists claims(
  id text primary key, article_id text not null, start integer not null, "end" integer not null,
  narrated integer not null, stance text not null, record text not null, terms text not null);
create table if not exists words(
  id integer primary key, language text not null, stem text not null, form text not null,
  fingerprint text not null, vector blob not null, unique(language, stem));
create table if not exists unread(record text not null, path text);
create table if not exists removed(path text primary key, article_id text not null);
create table if not exists garbage(collection text not null, key text not null);
create table if not exists means(
  name text primary key, fingerprint text not null, count integer not null, mean blob not null);
create index if not exists passages_article on passages(article_id);
create index if not exists articles_language on articles(language);
create index if not exists articles_model on articles(embedded_by);
create index if not exists articles_published on articles(published);
create index if not exists claims_stance on claims(stance);
create index if not exists claims_article on claims(article_id, start);
create virtual table if not exists passages_fts using fts5(
  terms, content='passages', content_rowid='id',
  tokenize="unicode61 remove_diacritics 0 tokenchars '@#:_~.-'''");
create virtual table if not exists passages_vocabulary using fts5vocab('passages_fts', 'row');
create trigger if not exists passages_added after insert on passages begin
  insert into passages_fts(rowid, terms) values (new.id, new.terms); end;
create trigger if not exists passages_gone after delete on passages begin
  insert into passages_fts(passages_fts, rowid, terms) values ('delete', old.id, old.terms); end;
"""
# Where each term of the full-text index occurs; of one connection, made when it is opened.
PLACES = "create virtual table temp.places using fts5vocab('main', 'passages_fts', 'instance')"
# One transaction: killed within it, the file is as it was. The vectors of the old rows are garbage
# until a row needs one of them again.
UPGRADE = f"""
begin immediate;
create table if not exists unread(record text not null, path text);
insert into unread select record, path from articles;
insert into garbage select 'passages-'||a.language, u.key from passages u
  join articles a on a.id=u.article_id;
drop table passages_vocabulary;
drop table passages_fts;
drop table passages;
drop table sentences;
drop table claims;
drop table articles;
drop table means;
drop table if exists words;
{SCHEMA}
insert or replace into meta values('version', '{VERSION}');
commit;
"""


def can_upgrade(version: str | None) -> bool:
    """Whether a file of this version (None: no catalog yet) is an earlier one of ours."""
    return version is not None and version.isdigit() and 2 <= int(version) < int(VERSION)
