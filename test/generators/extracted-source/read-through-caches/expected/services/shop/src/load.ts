import { Pool } from 'pg';

const pool = new Pool();

export async function load(table: string, id: string) {
  const { rows } = await pool.query(`select * from ${table} where id = $1`, [id]);
  return rows[0];
}
