# Sourced by scripts/start and scripts/test: a .venv with exactly the locked packages, made from Python and pip alone.
# Works again at once when nothing changed; heals itself when a run was broken off.

say() { printf '%s\n' "$*" >&2; }

find_python() {
  local name
  for name in "${PYTHON:-python3}" python3.13 python3.12 python3.11 python; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      printf '%s' "$name"
      return
    fi
  done
  say "需要 Python 3.11 或更新的版本。装好后再运行一次；也可以用 PYTHON=/路径/python3 指定。"
  say "Python 3.11 or newer is needed (set PYTHON=/path/to/python3 to name one)."
  exit 2
}

install_tools() { # uv alone, in a folder of its own: needs neither venv nor the system's leave
  [ -x .venv-tools/bin/uv ] && return
  "$1" -m pip --version >/dev/null 2>&1 || { say "这个 Python 没有 pip。Debian/Ubuntu：apt-get install python3-pip"; exit 2; }
  PIP_ROOT_USER_ACTION=ignore "$1" -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --only-binary :all: \
    --target .venv-tools -r requirements-uv.lock
}

setup() { # setup LOCKFILE: .venv holds exactly these packages
  local python stamp
  python=$(find_python)
  stamp="$1 $(cat "$1" pyproject.toml | cksum)"
  if [ "$(cat .venv/stamp 2>/dev/null)" = "$stamp" ] && .venv/bin/python -c 'import coursekit' 2>/dev/null; then
    return
  fi
  say "正在准备运行环境(第一次要几分钟)…"
  install_tools "$python"
  export UV_LINK_MODE=${UV_LINK_MODE:-copy} UV_PYTHON_DOWNLOADS=never
  [ -x .venv/bin/python ] || .venv-tools/bin/uv venv --quiet --python "$(command -v "$python")" .venv
  .venv-tools/bin/uv pip install --quiet --compile-bytecode --python .venv/bin/python --require-hashes -r "$1"
  .venv-tools/bin/uv pip install --quiet --python .venv/bin/python --no-deps -e .
  printf '%s' "$stamp" > .venv/stamp
}

published_schema() { # the source package of openbadgeslib carries the published Open Badges 3.0 schema, its wheel does not
  local python version
  version=$(sed -n 's/^openbadgeslib==\([^ ]*\).*/\1/p' requirements-dev.lock)
  [ -f ".venv/sources/openbadgeslib-$version.tar.gz" ] && return
  python=$(find_python)
  sed -n '/^openbadgeslib==/,/# via/p' requirements-dev.lock | grep -v '# via' >.venv/openbadgeslib.lock
  "$python" -m pip download --quiet --disable-pip-version-check --require-hashes --no-deps --no-binary openbadgeslib \
    --dest .venv/sources -r .venv/openbadgeslib.lock || say "没有取到 openbadgeslib 的源码包：对照已公布格式的测试会跳过。"
}

apt_install() { # apt_install PACKAGE…: only on Debian as root; says what to type elsewhere
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "正在安装：$*"
    { apt-get install -y -qq --no-install-recommends "$@" || { apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@"; }; } \
      >/dev/null 2>.apt.log || { cat .apt.log >&2; return 1; }
  else
    say "这台机器缺少：$*。Debian/Ubuntu 请运行：sudo apt-get install $*"
    return 1
  fi
}
