# The admin UI is built with everything; the image gets its result and the dependencies of the service alone.
FROM node:24-slim AS web
WORKDIR /opt/rollcall
COPY . .
RUN npx --yes pnpm@12 install --frozen-lockfile && npx --yes pnpm@12 build

FROM node:24-slim
WORKDIR /opt/rollcall
COPY . .
RUN npx --yes pnpm@12 install --frozen-lockfile --prod --filter @rollcall/sidecar... \
  && rm -rf test /root/.npm /root/.cache /root/.local \
  && printf '#!/bin/sh\nexec node --max-semi-space-size=12 /opt/rollcall/sidecar/src/cli/rollcall.ts "$@"\n' > /usr/local/bin/rollcall \
  && chmod 755 /usr/local/bin/rollcall \
  && install -d -m 700 -o node -g node /data
COPY --from=web /opt/rollcall/web/dist web/dist

ENV NODE_ENV=production \
  ROLLCALL_DATA=/data \
  ROLLCALL_ADMIN_LISTEN=0.0.0.0:8420
USER node
VOLUME /data
EXPOSE 8420
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8420/health').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["rollcall"]
CMD ["serve"]
