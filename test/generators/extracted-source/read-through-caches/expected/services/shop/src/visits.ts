const visits = new Map<string, number>();

export const visit = (id: string) => visits.set(id, (visits.get(id) ?? 0) + 1);
