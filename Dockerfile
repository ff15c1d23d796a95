# Builds Mooring and runs it as an unprivileged user, with its data in /data.
FROM node:22-bookworm AS build
WORKDIR /app
COPY package.json package-lock.json ./
COPY tools/stand-ins ./tools/stand-ins
RUN npm ci
COPY . .
# Chroma's client is an optional dependency of the package, but part of the image: keep it, in the locked version.
RUN node scripts/build.js server \
  && npm pkg set dependencies.chromadb="$(npm pkg get devDependencies.chromadb | tr -d '"')" \
  && npm pkg delete devDependencies.chromadb \
  && npm prune --omit=dev \
  && node --input-type=module -e "await import('chromadb')"

FROM node:22-bookworm-slim
WORKDIR /app
COPY --from=build --chown=node:node /app/package.json ./
COPY --from=build --chown=node:node /app/node_modules ./node_modules
# Some packages are links to these folders.
COPY --from=build --chown=node:node /app/tools/stand-ins ./tools/stand-ins
COPY --from=build --chown=node:node /app/bin ./bin
COPY --from=build --chown=node:node /app/dist/src ./dist/src
COPY --from=build --chown=node:node /app/models ./models
RUN mkdir -m 700 /data && chown node:node /data
USER node
ENV HOST=0.0.0.0 PORT=4000 MOORING_DATA=/data
# Makes glibc release the memory that embedding a batch took, 30 to 60 MB.
ENV MALLOC_MMAP_THRESHOLD_=131072
VOLUME /data
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:4000/health').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/src/main.js"]
