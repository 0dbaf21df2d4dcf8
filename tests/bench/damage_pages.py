"""Scans whose text is known, made from pages: the ten kinds of damage that `tools/bench read` measures.

  damage_pages.py OUT PAGE.png... [--seed N] [--levels clean300,grey200,...]

Each PAGE is a clean page, grey, 300 dpi, A4 upright (`pdftoppm -r 300 -gray -png`). OUT/LEVEL/ gets one image of each
page, `phone` one of each two (an open book, A+B.jpg). OUT/truth/ (PAGE.txt, and PAGE.cells.json where there is a table)
is the caller's; for two pages on one photo it is joined from theirs when it is there. The same seed gives the same
images. Needs numpy, and ImageMagick's convert to write the files and the letters of the stamps.
"""
import argparse, json, pathlib, subprocess
import numpy as np

LEVELS = ['clean300', 'grey200', 'low150', 'skew', 'seal', 'faded', 'noisy', 'phone', 'hard', 'photocopy']


def convert(args, data=b''):
    return subprocess.run(['convert', *map(str, args)], input=data, stdout=subprocess.PIPE, check=True).stdout


def load(args):
    """An image of convert as floats 0..1, height x width x (1 or 3 or 4)."""
    out = convert([*args, '-depth', '8', 'pam:-'])
    head, data = out.split(b'ENDHDR\n', 1)
    size = dict(line.split(None, 1) for line in head.decode().splitlines() if ' ' in line)
    shape = int(size['HEIGHT']), int(size['WIDTH']), int(size['DEPTH'])
    return np.frombuffer(data, np.uint8).reshape(shape).astype(np.float32) / 255


def save(image, path, *options):
    if image.ndim == 2:
        image = image[..., None]
    image = (np.clip(image, 0, 1) * 255 + 0.5).astype(np.uint8)
    kind = 'P5' if image.shape[2] == 1 else 'P6'
    head = f'{kind} {image.shape[1]} {image.shape[0]} 255\n'.encode()
    convert(['-', *options, path], head + image.tobytes())


def at_dpi(page, dpi):
    """Area mean: every new pixel is the mean of what it covers."""
    for axis in (0, 1):
        size = page.shape[axis]
        edges = np.linspace(0, size, round(size * dpi / 300) + 1)
        sums = np.concatenate([np.zeros_like(page.take([0], axis)), np.cumsum(page, axis, dtype=np.float64)], axis)
        low = np.minimum(edges.astype(int), size - 1)
        shape = [1] * page.ndim
        shape[axis] = -1
        part = (edges - low).reshape(shape)
        at = sums.take(low, axis) * (1 - part) + sums.take(low + 1, axis) * part
        page = (np.diff(at, axis=axis) * (dpi / 300)).astype(np.float32)
    return page


def blur(image, sigma):
    reach = int(3 * sigma) + 1
    weights = np.exp(-np.arange(-reach, reach + 1) ** 2 / (2 * sigma * sigma))
    weights /= weights.sum()
    for axis in (0, 1):
        pad = [(0, 0)] * image.ndim
        pad[axis] = (reach, reach)
        wide = np.pad(image, pad, mode='edge')
        image = sum(w * wide.take(range(i, i + image.shape[axis]), axis) for i, w in enumerate(weights))
    return image.astype(np.float32)


def clouds(rng, shape, cell):
    """A smooth field 0..1 whose hills are about `cell` pixels apart."""
    rough = rng.random((int(shape[0] / cell) + 4, int(shape[1] / cell) + 4)).astype(np.float32)
    rough = blur(rough, 0.7)
    rough = (rough - rough.min()) / (rough.max() - rough.min())
    y, x = np.meshgrid(np.arange(shape[0]) / cell + 1, np.arange(shape[1]) / cell + 1, indexing='ij')
    return sample(rough, y, x)


def sample(image, y, x, outside=None):
    """Bilinear; `outside` where (y, x) is off the image, else its edge."""
    top, left = np.floor(y).astype(int), np.floor(x).astype(int)
    v, u = (y - top).astype(np.float32), (x - left).astype(np.float32)
    if image.ndim == 3:
        v, u = v[..., None], u[..., None]
    def at(i, j):
        return image[np.clip(i, 0, image.shape[0] - 1), np.clip(j, 0, image.shape[1] - 1)]
    out = ((at(top, left) * (1 - u) + at(top, left + 1) * u) * (1 - v) +
           (at(top + 1, left) * (1 - u) + at(top + 1, left + 1) * u) * v)
    if outside is not None:
        off = (y < 0) | (x < 0) | (y > image.shape[0] - 1) | (x > image.shape[1] - 1)
        out[off] = outside
    return out


def turned(image, degrees, shear=0.0, outside=1.0):
    a, (h, w) = np.deg2rad(degrees), image.shape[:2]
    y, x = np.meshgrid(np.arange(h) - h / 2, np.arange(w) - w / 2, indexing='ij')
    return sample(image, y * np.cos(a) - x * np.sin(a) + h / 2, y * np.sin(a) + x * np.cos(a) + shear * y + w / 2, outside)


def grain(rng, image, noise, softness=0.0):
    extra = rng.normal(0, noise, image.shape[:2]).astype(np.float32)
    if softness:
        extra = blur(extra, softness) * 2 * softness
    return image + (extra[..., None] if image.ndim == 3 else extra)


def seal_mask(rng, radius):
    """How much ink a round seal leaves: two rings, a star, words along the ring, worn here and there."""
    size = 2 * radius + 8
    y, x = np.meshgrid(np.arange(size) - size / 2, np.arange(size) - size / 2, indexing='ij')
    far, angle = np.hypot(x, y) / radius, np.arctan2(y, x)
    ink = ((abs(far - 0.97) < 0.03) | (abs(far - 0.9) < 0.008) | (abs(far - 0.62) < 0.01)).astype(np.float32)
    sides = sum((far * np.sin(angle + k * 2 * np.pi / 5) < 0.12).astype(int) for k in range(5))
    ink[(sides >= 4) & (far < 0.4)] = 1
    words = load(['-background', 'none', '-fill', 'black', '-font', 'Liberation-Sans-Bold', '-pointsize', round(radius * 0.22),
                  'label:' + rng.choice(['ỦY BAN NHÂN DÂN TỈNH THỬ NGHIỆM', 'CƠ QUAN MẪU KHÔNG CÓ GIÁ TRỊ', 'SỞ THỬ NGHIỆM OCR MẪU']),
                  '-alpha', 'extract'])[..., 0]
    along = (angle + np.pi) / (2 * np.pi) * words.shape[1]
    across = (0.87 - far) / 0.22 * words.shape[0]
    ink = np.maximum(ink, np.where((across > 0) & (across < words.shape[0] - 1), sample(words, across, along), 0))
    worn = 0.45 + 0.5 * clouds(rng, ink.shape, radius / 2)
    return turned(ink * worn, rng.uniform(-25, 25), outside=0.0)


def arrival_mask(rng, width):
    """The stamp of incoming documents: a box, its number and day."""
    text = f'CÔNG VĂN ĐẾN\nSố: {rng.integers(100, 9999)}\nNgày: {rng.integers(1, 29):02}/{rng.integers(1, 13):02}'
    ink = load(['-background', 'white', '-fill', 'black', '-font', 'Liberation-Sans-Bold', '-gravity', 'center',
                '-size', f'{width}x{round(width * 0.42)}', f'label:{text}', '-bordercolor', 'white', '-border', 6,
                '-bordercolor', 'black', '-border', 2, '-bordercolor', 'white', '-border', 24])[..., :1].mean(2)
    ink = 1 - ink
    return turned(ink * (0.55 + 0.4 * clouds(rng, ink.shape, width / 3)), rng.uniform(-3, 3), outside=0.0)


def pressed(page, mask, colour, y, x):
    """Ink is see-through: paper under it takes its colour, print stays dark. (y, x): the mask's upper left."""
    h, w = mask.shape
    top, left = max(0, y), max(0, x)
    bottom, right = min(page.shape[0], y + h), min(page.shape[1], x + w)
    if bottom <= top or right <= left:
        return
    part = mask[top - y:bottom - y, left - x:right - x, None]
    page[top:bottom, left:right] *= 1 - part * (1 - np.array(colour, np.float32))


def stamped(rng, page, dpi):
    """A colour page with one or two seals, a stamp of arrival and a blue signature."""
    paper = np.array([0.975, 0.97, 0.95], np.float32)
    page = page[..., None] * paper
    red, blue = (0.78, 0.06, 0.16), (0.1, 0.2, 0.6)
    h, w = page.shape[:2]
    for _ in range(rng.integers(1, 3)):
        radius = int(rng.uniform(0.62, 0.75) * dpi)
        y, x = int(rng.uniform(0.35, 0.8) * h), int(rng.uniform(0.25, 0.95) * w)
        pressed(page, seal_mask(rng, radius), red, y, x - radius)
    if rng.random() < 0.6:
        pressed(page, arrival_mask(rng, round(1.5 * dpi)), red, int(rng.uniform(0.05, 0.22) * h), int(rng.uniform(0.05, 0.6) * w))
    t = np.linspace(0, 1, 4000)
    pen = np.zeros((h, w), np.float32)
    cy, cx = rng.uniform(0.55, 0.8) * h, rng.uniform(0.5, 0.75) * w
    ys = cy + dpi * sum(rng.normal(0, 0.13) * np.sin(2 * np.pi * (k * t + rng.random())) for k in range(1, 5))
    xs = cx + dpi * (0.9 * t + sum(rng.normal(0, 0.12) * np.sin(2 * np.pi * (k * t + rng.random())) for k in range(1, 5)))
    pen[np.clip(ys, 1, h - 2).astype(int), np.clip(xs, 1, w - 2).astype(int)] = 1
    pressed(page, np.minimum(1, blur(pen, dpi / 200) * 2.2), blue, 0, 0)
    return page


def faint(rng, page, dpi, weakest):
    """Ink that gave out in patches: how dark print is, from `weakest` to 1."""
    patches = np.clip(2.2 * clouds(rng, page.shape, 0.9 * dpi) - 0.6, 0, 1)
    return 1 - (1 - page) * (weakest + (1 - weakest) * patches)


def photo(rng, left, right):
    """Two pages of an open book, taken from above at an angle."""
    h, w = 3000, 4000
    room = np.stack([blur(clouds(rng, (h // 4, w // 4), 30) * 0.3, 4) for _ in range(3)], 2).repeat(4, 0).repeat(4, 1)
    y, x = np.meshgrid(np.arange(h, dtype=np.float32), np.arange(w, dtype=np.float32), indexing='ij')
    # Where the corners of the open book lie; inside, position in the book is found by a homography.
    corners = np.array([[200, 260], [3760, 220], [3930, 2880], [100, 2880]]) + rng.normal(0, 25, (4, 2))
    flat, rows, want = [(0, 0), (2, 0), (2, 1), (0, 1)], [], []
    for (px, py), (u, v) in zip(corners, flat):
        rows += [[px, py, 1, 0, 0, 0, -u * px, -u * py], [0, 0, 0, px, py, 1, -v * px, -v * py]]
        want += [u, v]
    m = np.append(np.linalg.solve(np.array(rows), np.array(want)), 1).reshape(3, 3)
    depth = m[2, 0] * x + m[2, 1] * y + m[2, 2]
    u, v = (m[0, 0] * x + m[0, 1] * y + m[0, 2]) / depth, (m[1, 0] * x + m[1, 1] * y + m[1, 2]) / depth
    near = abs(u - 1)
    bend = np.exp(-near / 0.28)  # towards the fold the paper sinks
    v = v + rng.uniform(0.010, 0.018) * bend * (1 - 0.6 * v)
    out = room
    for page, first in ((left, 0), (right, 1)):
        inside = (u >= first) & (u < first + 1) & (v >= 0) & (v < 1)
        paper = sample(page, v[inside] * (page.shape[0] - 1), (u[inside] - first) * (page.shape[1] - 1))
        out[inside] = paper[:, None] * np.array([0.93, 0.92, 0.87], np.float32)
    light = 0.62 + 0.38 * clouds(rng, (h // 8, w // 8), 190).repeat(8, 0).repeat(8, 1)[:h, :w]
    light = light * (1 - 0.55 * np.exp(-(near / 0.05) ** 2))
    return grain(rng, blur(out * light[..., None], 0.9), 0.012)


def copied(rng, page, back):
    """A copy of a copy: black and white, crooked, a black edge, specks, what stands on the reverse shows through."""
    h, w = np.minimum(page.shape, back.shape)
    page, back = at_dpi(page[:h, :w], 200), at_dpi(back[:h, :w], 200)[:, ::-1]
    h, w = page.shape
    through = np.clip(1.7 * clouds(rng, page.shape, 170) - 0.45, 0, 1)
    page = np.minimum(page, 1 - (1 - back) * through * 0.75)
    page = turned(blur(page, 0.9), rng.uniform(-1.2, 1.2), outside=0.0)
    level = 0.52 + 0.22 * (clouds(rng, page.shape, 150) - 0.5) * 2
    page = (grain(rng, page, 0.13, 0.6) > level).astype(np.float32)
    edges = [int(rng.uniform(0.008, 0.03) * w) for _ in range(4)]
    wave = blur(rng.normal(0, 30, (1, max(h, w))).astype(np.float32), 40)[0]
    y, x = np.meshgrid(np.arange(h), np.arange(w), indexing='ij')
    black = ((x < edges[0] + wave[y]) | (x > w - edges[1] + wave[y]) | (y < edges[2] + wave[x]) | (y > h - edges[3] + wave[x]))
    page[black] = 0
    for share, value in ((0.0011, 0.0), (0.0006, 1.0)):
        specks = rng.random(page.shape) < share
        page[specks] = value
        page[np.roll(specks & (rng.random(page.shape) < 0.4), 1, 1)] = value
    return page


def damaged(rng, level, page, other):
    """(image, ending, options of convert)"""
    jpeg = lambda quality: ('.jpg', '-quality', quality)
    if level == 'clean300':
        return page, '.png'
    if level == 'grey200':
        return (grain(rng, 0.97 * blur(at_dpi(page, 200), 0.5) + 0.01, 0.012), *jpeg(85))
    if level == 'low150':
        return (grain(rng, 0.97 * blur(at_dpi(page, 150), 0.4) + 0.01, 0.012), *jpeg(80))
    if level == 'skew':
        angle = rng.choice([-1, 1]) * rng.uniform(0.5, 2.5)
        return (grain(rng, 0.97 * turned(blur(at_dpi(page, 200), 0.4), angle), 0.012), *jpeg(85))
    if level == 'seal':
        return (grain(rng, blur(stamped(rng, at_dpi(page, 200), 200), 0.4), 0.012), *jpeg(85))
    if level == 'faded':
        page = faint(rng, blur(at_dpi(page, 200), 0.5), 200, 0.2)
        light = 0.76 + 0.14 * clouds(rng, page.shape, 500)
        return (grain(rng, light * (0.35 + 0.65 * page), 0.03, 0.5), *jpeg(80))
    if level == 'noisy':
        page = grain(rng, 0.94 * blur(at_dpi(page, 200), 0.5), 0.06, 0.5)
        specks = blur((rng.random(page.shape) < 0.00035).astype(np.float32), 0.6) * 2.4
        return (page - specks, *jpeg(70))
    if level == 'hard':
        page = stamped(rng, faint(rng, at_dpi(page, 150), 150, 0.45), 150)
        page = turned(page, rng.choice([-1, 1]) * rng.uniform(0.3, 1.5), rng.uniform(-0.01, 0.01), outside=0.8)
        light = 0.78 + 0.15 * clouds(rng, page.shape[:2], 500)
        return (grain(rng, blur(page * light[..., None], 0.6), 0.02, 0.5), *jpeg(55))
    return copied(rng, page, other), '.tif', '-threshold', '50%', '-compress', 'group4', '-density', '200'


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('out', type=pathlib.Path)
    parser.add_argument('pages', nargs='+', type=pathlib.Path)
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--levels', default=','.join(LEVELS))
    given = parser.parse_args()
    pages = [load([path, '-colorspace', 'gray'])[..., 0] for path in given.pages]
    names = [path.stem for path in given.pages]
    truth = given.out / 'truth'
    for level in given.levels.split(','):
        folder = given.out / level
        folder.mkdir(parents=True, exist_ok=True)
        for i, (page, name) in enumerate(zip(pages, names)):
            rng = np.random.default_rng([given.seed, LEVELS.index(level), i])
            other = pages[(i + 1) % len(pages)]
            if level != 'phone':
                image, ending, *options = damaged(rng, level, page, other)
                save(image, folder / (name + ending), *options)
            elif i % 2 == 0 and i + 1 < len(pages):
                both = f'{name}+{names[i + 1]}'
                save(photo(rng, page, other), folder / f'{both}.jpg', '-quality', 80)
                texts = [truth / f'{n}.txt' for n in names[i:i + 2]]
                if all(text.exists() for text in texts):
                    (truth / f'{both}.txt').write_text('\n'.join(text.read_text() for text in texts))
                    cells, rows = [], 0
                    for n in names[i:i + 2]:
                        table = truth / f'{n}.cells.json'
                        more = json.loads(table.read_text()) if table.exists() else []
                        cells += [{**cell, 'row': cell['row'] + rows} for cell in more]
                        rows = max((cell['row'] + 1 for cell in cells), default=0)
                    if cells:
                        (truth / f'{both}.cells.json').write_text(json.dumps(cells, ensure_ascii=False))


if __name__ == '__main__':
    main()
