import express from 'express';

const application = express();

application.get('/ping', (request, response) => response.json({ user: request.user?.name }));

export default application;
