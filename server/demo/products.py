"""What the demo's shop sells, and the catalog in which its letters look it up."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from engine.catalogs import keeping
from engine.catalogs.items import Item
from engine.catalogs.keeping import Settings
from engine.models.catalog import Catalog
from server.wiring import House

NAME: Final = "products"
ORDERED: Final = ("Order Completed", "products[].product_id")
SETTINGS: Final = Settings(
    description="What the shop sells. Letters recommend what is ordered most.",
    key_field="product_id",
    category_field="kind",
    interest=ORDERED,
    owned=ORDERED,
)


@dataclass(frozen=True, slots=True)
class Product:
    """Something that the shop sells; its price in whole euros."""

    id: str
    name: str
    price: int
    kind: str
    about: str


PRODUCTS: Final = (
    Product("jacket", "Trail jacket", 129, "clothing", "Keeps the wind out and lets you breathe."),
    Product("socks", "Wool socks", 18, "clothing", "Warm when wet, and dry by the morning."),
    Product("pack", "Day pack", 89, "gear", "Twenty litres, and a pocket for the map."),
    Product("shell", "Storm shell", 199, "clothing", "For the days on which nobody else goes out."),
    Product("mug", "Camp mug", 14, "camp", "Enamel, half a litre, hangs from any pack."),
    Product("shoes", "Trail shoes", 139, "clothing", "They grip on wet rock, and weigh little."),
    Product("torch", "Head torch", 45, "camp", "A hundred metres ahead, for nine hours."),
    Product("mat", "Sleeping mat", 99, "camp", "Packs as small as a bottle."),
)


def write_catalog(house: House) -> int:
    """Put the products into their catalog, once; answer how many, none if it is there."""
    with house.database.transaction() as session:
        if session.scalar(select(Catalog.id).where(Catalog.name == NAME)) is not None:
            return 0
        now = house.clock.now()
        row = keeping.save_catalog(session, NAME, SETTINGS, now=now)
        items = [
            Item(
                one.id,
                {
                    "product_id": one.id,
                    "name": one.name,
                    "cents": one.price * 100,
                    "kind": one.kind,
                    "about": one.about,
                    "path": f"shop#{one.id}",
                },
            )
            for one in PRODUCTS
        ]
        return keeping.put_items(session, row, items, now=now)
