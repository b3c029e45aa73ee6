# For `./dev build --cuda`, which sources it: afal against the CUDA build of LibTorch, in an
# environment and a build folder of its own. Everything comes from the public Python index, nvcc
# too; neither a GPU nor its driver is needed to build.

readonly CUDA_TORCH=torch==2.14.1
# The compiler and the headers beside the libraries that the wheel of torch asks for itself, in the
# version of the toolkit that it pins.
readonly CUDA_TOOLKIT='cuda-toolkit[nvcc,cccl,profiler]'
readonly CUDA_VENV=.venv-cuda
# Graphics processors to compile for: compute capability 9.0 is the H100 and the H200.
readonly CUDA_ARCHITECTURES="${TORCH_CUDA_ARCH_LIST:-9.0}"

cuda_libtorch() {
  say "Getting LibTorch out of $CUDA_TORCH and CUDA's compiler (about 3 GB, 5.5 GB on the disk)"
  pip_quietly $CUDA_VENV --no-cache-dir "$CUDA_TORCH" "$CUDA_TOOLKIT"
  # The wheels hold lib/libNAME.so.VERSION alone; CMake looks for libNAME.so and nvcc in lib64/.
  local library
  for library in "$(cuda_toolkit)"/lib/lib*.so.*; do
    ln -sf "$(basename "$library")" "${library%%.so.*}.so"
  done
  ln -sfn lib "$(cuda_toolkit)/lib64"
}

site_packages() {
  "$1/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))'
}

cuda_toolkit() { echo "$(site_packages $CUDA_VENV)"/nvidia/cu13; }

# build_cuda [TARGET...]: afal, its tests and benchmarks in build-cuda/, or only these targets.
build_cuda() {
  debian_packages setup/debian-packages.txt
  once $CUDA_VENV/.made "$(python3 --version)" venv $CUDA_VENV
  once $CUDA_VENV/.libtorch "$CUDA_TORCH $CUDA_TOOLKIT" cuda_libtorch
  local toolkit nvrtc
  toolkit="$(cuda_toolkit)"
  nvrtc="$(echo "$toolkit"/lib/libnvrtc.so.[0-9]*)"
  say "Building in build-cuda/ for compute capability $CUDA_ARCHITECTURES"
  # LibTorch's scripts ask the first nvcc on PATH and these variables, each in its own place.
  export PATH="$toolkit/bin:$PATH" CUDACXX="$toolkit/bin/nvcc"
  export TORCH_CUDA_ARCH_LIST="$CUDA_ARCHITECTURES"
  configure cuda -DCMAKE_PREFIX_PATH="$(site_packages $CUDA_VENV)/torch" \
    -DCUDA_TOOLKIT_ROOT_DIR="$toolkit" -DCUDAToolkit_ROOT="$toolkit" \
    -DCUDA_nvrtc_LIBRARY="$nvrtc"
  cmake --build build-cuda ${1:+--target "$@"}
}
